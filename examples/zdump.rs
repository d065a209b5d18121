//! dump
use caveat::document::Document;
use caveat::source::SourceFile;
fn main() {
    let p = std::env::args().nth(1).unwrap();
    let t = if p == "-" {
        std::io::read_to_string(std::io::stdin()).unwrap()
    } else {
        std::fs::read_to_string(&p).unwrap()
    };
    let f = SourceFile::new(p, t);
    let d = Document::parse(&f);
    for b in &d.blocks {
        println!(
            "{:?} {:?} inf={} q={} sec={:?} lead={:?} h={:?} rh={:?} {:?}",
            b.id.index(),
            b.kind,
            b.inferred,
            b.quoted,
            b.section.map(|x| x.index()),
            b.lead_in.map(|x| x.index()),
            b.header.map(|x| x.index()),
            b.row_header.map(|x| x.index()),
            b.span
        );
        for s in &b.sentences {
            println!(
                "   | {} || {}",
                &b.prose.text()[s.range.clone()],
                b.tokens[s.tokens.clone()]
                    .iter()
                    .map(|t| format!("{}{}", if t.joined { "~" } else { "" }, &b.prose.text()[t.range()]))
                    .collect::<Vec<_>>()
                    .join(" ")
            );
        }
    }
    println!(
        "links {:#?}\ndefs {:?}\nfr {:?}\nfd {:?}\ncomments {:?}\nsc {:?}\ncode {:?}\nfm {:?}",
        d.links,
        d.link_definitions,
        d.footnote_references,
        d.footnote_definitions,
        d.comments,
        d.shortcodes,
        d.code,
        d.front_matter
    );
}
