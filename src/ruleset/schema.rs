//! The JSON Schema of rule sets, made of the table of keys, for editors that
//! check and complete TOML while it is written.

use serde_json::{Map, Value, json};

use super::keys::{FORMAT, Key, Kind, Scope, Shape, TIERS};

/// The JSON Schema of a rule set file (draft 7, which TOML editors read).
#[must_use]
pub fn schema() -> Value {
    let mut root = table(Scope::File);
    let properties = &mut root["properties"];
    properties["lists"] = json!({
        "description": "Word lists, by name; a pattern uses one as @name.",
        "type": "object",
        "additionalProperties": { "anyOf": [patterns(), { "$ref": "#/definitions/list" }] },
    });
    let tiers: Map<String, Value> =
        TIERS.iter().map(|(tier, _)| ((*tier).to_owned(), json!({ "$ref": "#/definitions/hedges" }))).collect();
    properties["hedges"] = json!({
        "description": "Words that hedge claims, by tier.",
        "type": "object",
        "properties": tiers,
        "additionalProperties": false,
    });
    properties["statements"] = json!({
        "description": "Statements that rules can require, by name.",
        "type": "object",
        "additionalProperties": { "$ref": "#/definitions/statement" },
    });
    properties["rule"] = json!({
        "description": "The rules, each under its own [[rule]] header.",
        "type": "array",
        "items": { "$ref": "#/definitions/rule" },
    });
    let mut rule = table(Scope::Rule);
    rule["oneOf"] = Kind::ALL.iter().map(|kind| has_kind(*kind)).collect();
    root["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    root["title"] = json!("caveat rule set");
    root["definitions"] = json!({
        "authority": table(Scope::Authority),
        "hedges": table(Scope::Hedges),
        "list": table(Scope::List),
        "name": { "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" },
        "reference": { "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$" },
        "rule": rule,
        "statement": table(Scope::Statement),
    });
    root
}

/// That a rule has the keys of one kind.
fn has_kind(kind: Kind) -> Value {
    match kind {
        // A phrase rule may do with regular expressions alone.
        Kind::Phrase => json!({ "anyOf": [{ "required": ["phrase"] }, { "required": ["regex"] }] }),
        other => json!({ "required": [other.name()] }),
    }
}

/// The schema of one table.
fn table(scope: Scope) -> Value {
    let mut properties = json!({});
    for key in scope.keys() {
        let mut at = &mut properties;
        let mut words = key.path.split('.').peekable();
        while let Some(word) = words.next() {
            if words.peek().is_none() {
                at[word] = property(key);
                break;
            }
            if at.get(word).is_none() {
                at[word] = json!({ "type": "object", "properties": {}, "additionalProperties": false });
            }
            at = &mut at[word]["properties"];
        }
    }
    let required: Vec<&str> = scope.keys().filter(|key| key.required).map(|key| key.path).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// The schema of one key's value.
fn property(key: &Key) -> Value {
    let mut value = shape(key.shape);
    value["description"] = json!(key.doc);
    if key.path == "format" {
        value["const"] = json!(FORMAT);
    }
    value
}

fn shape(shape: Shape) -> Value {
    match shape {
        Shape::Text => json!({ "type": "string", "minLength": 1 }),
        Shape::Name => json!({ "allOf": [{ "$ref": "#/definitions/name" }] }),
        Shape::Reference => json!({ "allOf": [{ "$ref": "#/definitions/reference" }] }),
        Shape::Address => json!({ "type": "string", "pattern": "^https?://" }),
        Shape::Integer => json!({ "type": "integer" }),
        Shape::Switch => json!({ "type": "boolean" }),
        // TOML dates reach a schema as text.
        Shape::Date => json!({ "type": "string", "format": "date" }),
        Shape::Choice(words) => json!({ "type": "string", "enum": words() }),
        Shape::Choices(words) => one_or_more(json!({ "type": "string", "enum": words() })),
        Shape::Names => one_or_more(json!({ "$ref": "#/definitions/name" })),
        Shape::References => one_or_more(json!({ "$ref": "#/definitions/reference" })),
        Shape::Texts | Shape::Patterns | Shape::Regexes | Shape::Examples => patterns(),
        Shape::Tables(_) => one_or_more(json!({ "$ref": "#/definitions/authority" })),
    }
}

/// A list of texts, or one text.
fn patterns() -> Value {
    one_or_more(json!({ "type": "string", "minLength": 1 }))
}

/// A list, or one member without brackets.
fn one_or_more(member: Value) -> Value {
    json!({ "anyOf": [member.clone(), { "type": "array", "items": member }] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ruleset::keys::KEYS;

    #[test]
    fn every_key_is_in_the_schema_with_its_description() {
        let schema = schema();
        for key in KEYS {
            let mut at = match key.scope {
                Scope::File => &schema,
                Scope::List => &schema["definitions"]["list"],
                Scope::Hedges => &schema["definitions"]["hedges"],
                Scope::Statement => &schema["definitions"]["statement"],
                Scope::Rule => &schema["definitions"]["rule"],
                Scope::Authority => &schema["definitions"]["authority"],
            };
            for word in key.path.split('.') {
                at = &at["properties"][word];
            }
            assert_eq!(at["description"], json!(key.doc), "{}", key.path);
        }
    }
}
