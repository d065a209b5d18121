//! The JSON Schema of rule sets accepts what loads and refuses what does not.

use caveat::ruleset::{BUILTIN, schema};
use serde_json::{Value, json};

/// What is wrong with a value by the schema, by the part of JSON Schema that it uses.
fn faults(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let fault = |what: String| vec![format!("{at}: {what}")];
    let mut all = Vec::new();
    for (keyword, wanted) in schema.as_object().expect("a schema") {
        let list = || wanted.as_array().expect("a list of schemas").iter();
        let fitting = || list().filter(|one| faults(root, one, value, at).is_empty()).count();
        all.extend(match keyword.as_str() {
            "$ref" => {
                let name = wanted.as_str().and_then(|path| path.strip_prefix("#/definitions/")).expect("a definition");
                faults(root, &root["definitions"][name], value, at)
            }
            "allOf" => list().flat_map(|one| faults(root, one, value, at)).collect(),
            "anyOf" if fitting() == 0 => fault("fits none".to_owned()),
            "oneOf" if fitting() != 1 => fault(format!("fits {}", fitting())),
            "type" if !is_type(value, wanted) => fault(format!("is no {wanted}")),
            "const" if value != wanted => fault(format!("is not {wanted}")),
            "enum" if !list().any(|one| one == value) => fault(format!("{value} is not in the list")),
            "minLength" if value.as_str().is_some_and(str::is_empty) => fault("is empty".to_owned()),
            "pattern" if !value.as_str().is_none_or(|text| matches(wanted, text)) => fault(format!("{value} fits not")),
            "items" => {
                let items = value.as_array().into_iter().flatten();
                items.flat_map(|item| faults(root, wanted, item, at)).collect()
            }
            "required" => {
                let missing = list().filter_map(Value::as_str).filter(|key| value.get(key).is_none());
                missing.map(|key| format!("{at}: lacks {key}")).collect()
            }
            "properties" | "additionalProperties" => members(root, schema, keyword, value, at),
            _ => Vec::new(),
        });
    }
    all
}

/// What is wrong with the members of a table: those the schema names, or the others.
fn members(root: &Value, schema: &Value, keyword: &str, value: &Value, at: &str) -> Vec<String> {
    let named = schema.get("properties");
    let mut all = Vec::new();
    for (key, member) in value.as_object().into_iter().flatten() {
        let at = format!("{at}.{key}");
        match (named.and_then(|named| named.get(key)), keyword) {
            (Some(wanted), "properties") => all.extend(faults(root, wanted, member, &at)),
            (None, "additionalProperties") => match &schema[keyword] {
                Value::Bool(true) => {}
                Value::Bool(false) => all.push(format!("{at}: is unknown")),
                wanted => all.extend(faults(root, wanted, member, &at)),
            },
            _ => {}
        }
    }
    all
}

fn is_type(value: &Value, wanted: &Value) -> bool {
    match wanted.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64(),
        Some("boolean") => value.is_boolean(),
        other => panic!("the schema uses the type {other:?}"),
    }
}

fn matches(pattern: &Value, text: &str) -> bool {
    regex::Regex::new(pattern.as_str().expect("a pattern")).expect("a sound pattern").is_match(text)
}

/// TOML as editors hand it to a schema: dates are text.
fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(items) => items.into_iter().map(as_json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, as_json(value))).collect(),
        other => serde_json::to_value(other).expect("a plain value"),
    }
}

fn faults_of(toml: &str) -> Vec<String> {
    let schema = schema();
    let value = as_json(toml::Value::Table(toml.parse().expect("TOML")));
    faults(&schema, &schema, &value, "")
}

#[test]
fn the_schema_accepts_the_built_in_rule_sets() {
    for (name, text) in BUILTIN {
        assert_eq!(faults_of(text), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn the_schema_refuses_what_does_not_load() {
    let top = "format = 1\nid = \"clinic\"\ntitle = \"Clinic\"\nversion = \"1\"\n";
    let rule = format!(
        "{top}[[rule]]\nid = \"hype\"\ncategory = \"superiority\"\nlevel = \"warning\"\nmessage = \"m\"\nphrase.any = [\"x\"]\n"
    );
    assert_eq!(faults_of(&rule), Vec::<String>::new());
    for (text, wanted) in [
        (top.replace("format = 1", "format = 2"), ".format: is not 1"),
        (top.replace("id = \"clinic\"\n", ""), ": lacks id"),
        (top.replace("\"clinic\"", "\"Our Clinic\""), ".id: \"Our Clinic\" fits not"),
        (format!("{top}levle = \"error\"\n"), ".levle: is unknown"),
        (format!("{top}[hedges.modals]\nbefore = [\"may\"]\n"), ".hedges.modals: is unknown"),
        (format!("{top}[lists]\na = 3\n"), ".lists.a: fits none"),
        (rule.replace("\"warning\"", "\"warn\""), ".rule.level: \"warn\" is not in the list"),
        (rule.replace("phrase.any", "phrase.ani"), ".rule.phrase.ani: is unknown"),
        (format!("{rule}claim.does = [\"y\"]\n"), ".rule: fits 2"),
        (rule.replace("phrase.any = [\"x\"]\n", ""), ".rule: fits 0"),
    ] {
        let found = faults_of(&text);
        assert!(found.iter().any(|fault| fault == wanted), "{found:?}\n{text}");
    }
}
