use super::*;

#[test]
fn keywords_are_sorted() {
    assert!(KNOWN.is_sorted());
}

/// A schema, texts that fit it, and texts that do not: where, and what is wrong there.
type Row = (
    &'static str,
    &'static [&'static str],
    &'static [(&'static str, &'static str, &'static str)],
);

/// A schema, texts that fit it, texts that do not, each with its path and what is wrong.
#[test]
fn every_keyword_is_checked() {
    let rows: [Row; 26] = [
        (
            r#"{"type":"object"}"#,
            &["{}"],
            &[
                ("[]", "", "no object"),
                ("{", "", "no JSON"),
                ("{} x", "", "no JSON"),
            ],
        ),
        (
            r#"{"type":["string","null"]}"#,
            &["null", "\"a\""],
            &[("1", "", "no string or null")],
        ),
        (
            r#"{"type":"STRING","nullable":true}"#,
            &["null", "\"a\""],
            &[("1", "", "no string")],
        ),
        (
            r#"{"type":"integer"}"#,
            &["1", "1.0", "-3"],
            &[("1.5", "", "no integer")],
        ),
        (
            r#"{"enum":["a",1]}"#,
            &["\"a\"", "1.0"],
            &[("\"b\"", "", "a value that is not in enum")],
        ),
        (
            r#"{"const":{"a":[1]}}"#,
            &["{\"a\":[1.0]}"],
            &[("{\"a\":[]}", "", "a value that is not const")],
        ),
        (
            r#"{"minimum":1,"maximum":3}"#,
            &["1", "3", "\"x\""],
            &[
                ("0", "", "a number that is too small"),
                ("4", "", "a number that is too large"),
            ],
        ),
        (
            r#"{"exclusiveMinimum":1,"exclusiveMaximum":3}"#,
            &["2"],
            &[
                ("1", "", "a number that is too small"),
                ("3", "", "a number that is too large"),
            ],
        ),
        (
            r#"{"minimum":1,"exclusiveMinimum":true}"#,
            &["2"],
            &[("1", "", "a number that is too small")],
        ),
        (
            r#"{"multipleOf":0.01}"#,
            &["0.07", "19.99"],
            &[("0.005", "", "a number that is not multipleOf")],
        ),
        (
            r#"{"minLength":2,"maxLength":3}"#,
            &["\"éé\""],
            &[
                ("\"é\"", "", "a text that is too short"),
                ("\"abcd\"", "", "a text that is too long"),
            ],
        ),
        (
            r#"{"pattern":"^a\\d+$"}"#,
            &["\"a1\"", "7"],
            &[("\"b\"", "", "a text that does not match pattern")],
        ),
        (
            r#"{"items":{"type":"number"},"minItems":"1","maxItems":2}"#,
            &["[1]"],
            &[
                ("[]", "", "a list that is too short"),
                ("[1,2,3]", "", "a list that is too long"),
                ("[1,\"x\"]", "/1", "no number"),
            ],
        ),
        (
            r#"{"prefixItems":[{"type":"string"}],"items":{"type":"number"}}"#,
            &["[\"a\",1]"],
            &[
                ("[1]", "/0", "no string"),
                ("[\"a\",\"b\"]", "/1", "no number"),
            ],
        ),
        (
            r#"{"uniqueItems":true}"#,
            &["[1,2]"],
            &[("[1,1.0]", "", "a list that says something twice")],
        ),
        (
            r#"{"contains":{"const":1}}"#,
            &["[0,1]"],
            &[("[0]", "", "a list without what it must contain")],
        ),
        (
            r#"{"properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}"#,
            &["{\"a\":\"\"}"],
            &[
                ("{}", "", "an object without its member \"a\""),
                ("{\"a\":1}", "/a", "no string"),
                (
                    "{\"a\":\"\",\"secret\":1}",
                    "",
                    "an object with a member that is not allowed",
                ),
            ],
        ),
        (
            r#"{"additionalProperties":{"type":"number"}}"#,
            &["{\"a\":1}"],
            &[("{\"secret\":\"\"}", "/*", "no number")],
        ),
        (
            r#"{"patternProperties":{"^x":{"type":"number"}},"additionalProperties":false}"#,
            &["{\"x1\":1}"],
            &[
                ("{\"x1\":\"\"}", "/*", "no number"),
                (
                    "{\"y\":1}",
                    "",
                    "an object with a member that is not allowed",
                ),
            ],
        ),
        (
            r#"{"minProperties":1,"maxProperties":1,"propertyNames":{"maxLength":1}}"#,
            &["{\"a\":1}"],
            &[
                ("{}", "", "an object with too few members"),
                ("{\"a\":1,\"b\":1}", "", "an object with too many members"),
                ("{\"ab\":1}", "", "a text that is too long"),
            ],
        ),
        (
            r#"{"allOf":[{"type":"number"},{"minimum":2}]}"#,
            &["2"],
            &[("1", "", "a number that is too small")],
        ),
        (
            r#"{"anyOf":[{"type":"number"},{"properties":{"a":{"type":"null"}},"required":["a"]}]}"#,
            &["2", "{\"a\":null}"],
            &[("{\"a\":1}", "", "a value that fits none of anyOf")],
        ),
        (
            r#"{"oneOf":[{"minimum":2},{"maximum":5}]}"#,
            &["1", "6"],
            &[("3", "", "a value that does not fit exactly one of oneOf")],
        ),
        (
            r#"{"not":{"type":"number"}}"#,
            &["\"a\""],
            &[("1", "", "a value that not forbids")],
        ),
        (
            r#"{"if":{"type":"number"},"then":{"minimum":2},"else":{"type":"string"}}"#,
            &["2", "\"a\""],
            &[
                ("1", "", "a number that is too small"),
                ("null", "", "no string"),
            ],
        ),
        (
            r##"{"$ref":"#/$defs/n","$defs":{"n":{"properties":{"next":{"$ref":"#/$defs/n"}},"required":["v"]}}}"##,
            &["{\"v\":1,\"next\":{\"v\":2}}"],
            &[(
                "{\"v\":1,\"next\":{\"next\":{}}}",
                "/next",
                "an object without its member \"v\"",
            )],
        ),
    ];
    for (schema, fitting, unfit) in rows {
        let schema = Schema::read(schema).unwrap();
        assert_eq!(schema.unchecked().count(), 0);
        for text in fitting {
            assert_eq!(schema.fits(text), Ok(()), "{schema:?} {text}");
        }
        for (text, path, what) in unfit {
            let told = schema.fits(text).unwrap_err();
            assert_eq!(
                (told.path.as_str(), told.what.as_str()),
                (*path, *what),
                "{text}"
            );
        }
    }
}

#[test]
fn what_is_not_checked_is_told() {
    let schema = r#"{"properties":{"format":{"format":"email","items":{"$ref":"http://x/y"}},"p":{"pattern":"(?=a)"}},
        "anyOf":[{"unevaluatedProperties":false}]}"#;
    let schema = Schema::read(schema).unwrap();
    let unchecked: Vec<&str> = schema.unchecked().collect();
    assert_eq!(
        unchecked,
        ["$ref", "format", "pattern", "unevaluatedProperties"]
    );
    assert!(Schema::read("{").is_none());
}

#[test]
fn a_schema_without_end_comes_to_one() {
    let endless = Schema::read(r##"{"$ref":"#"}"##).unwrap();
    assert_eq!(endless.fits("{}"), Ok(()));
    let wide = r##"{"anyOf":[{"$ref":"#"},{"$ref":"#"}],"type":"array"}"##;
    assert_eq!(Schema::read(wide).unwrap().fits("[]"), Ok(()));
}
