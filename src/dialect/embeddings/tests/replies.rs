//! Replies, as providers write them and as clients want them.

use super::*;

#[test]
fn replies_by_provider() {
    let rows: [(Read, &str, &[&str], Option<u64>); 11] = [
        (
            openai::read_reply,
            r#"{"model":"m","data":[{"index":1,"embedding":[2e-1]},{"index":0,"embedding":[0.10, -1]}],"usage":{"prompt_tokens":5}}"#,
            &["[0.10, -1]", "[2e-1]"],
            Some(5),
        ),
        (
            openai::read_reply,
            r#"{"data":[{"embedding":[1]},{"embedding":[2]}],"usage":{"total_tokens":7}}"#,
            &["[1]", "[2]"],
            Some(7),
        ),
        (
            openai::read_reply,
            r#"{"data":[{"embedding":"AACAPwAAAL8="}],"usage":null}"#,
            &["[1.0,-0.5]"],
            None,
        ),
        (
            gemini::read_reply,
            r#"{"embedding":{"values":[0.10]}}"#,
            &["[0.10]"],
            None,
        ),
        (
            gemini::read_reply,
            r#"{"embeddings":[{"values":[1]},{"values":[2]}],"usageMetadata":{"promptTokenCount":3}}"#,
            &["[1]", "[2]"],
            Some(3),
        ),
        (
            vertex::read_reply,
            r#"{"predictions":[{"embeddings":{"values":[1],"statistics":{"truncated":false,"token_count":4}}},
            {"embeddings":{"values":[2],"statistics":{"token_count":2.0}}}]}"#,
            &["[1]", "[2]"],
            Some(6),
        ),
        (
            vertex::read_reply,
            r#"{"embedding":{"values":[1]},"usageMetadata":{"promptTokenCount":3}}"#,
            &["[1]"],
            Some(3),
        ),
        (
            cohere::read_reply,
            r#"{"id":"x","texts":["a"],"embeddings":{"float":[[1],[2]]},"meta":{"billed_units":{"input_tokens":4.0}}}"#,
            &["[1]", "[2]"],
            Some(4),
        ),
        (
            cohere::read_reply,
            r#"{"id":"x","embeddings":[[1],[2]],"response_type":"embeddings_floats"}"#,
            &["[1]", "[2]"],
            None,
        ),
        (
            cohere::read_reply,
            r#"{"embeddings":{"float":[[1]]},"meta":{"billed_units":{"images":1,"image_tokens":9}}}"#,
            &["[1]"],
            Some(9),
        ),
        (
            titan::read_reply,
            r#"{"embedding":[1,2],"embeddingsByType":{"float":[1,2]},"inputTextTokenCount":3}"#,
            &["[1,2]"],
            Some(3),
        ),
    ];
    for (read, json, vectors, tokens) in rows {
        let reply = read(json).unwrap();
        let found: Vec<_> = reply
            .vectors
            .iter()
            .map(|vector| vector.json(Encoding::Float))
            .collect();
        assert_eq!(found, vectors, "{json}");
        assert_eq!(
            reply.usage.map(|usage| (usage.input, usage.output)),
            tokens.map(|tokens| (Some(tokens), Some(0))),
            "{json}"
        );
    }
}

#[test]
fn what_is_no_reply_is_an_error() {
    let reads: [Read; 5] = [
        openai::read_reply,
        gemini::read_reply,
        vertex::read_reply,
        cohere::read_reply,
        titan::read_reply,
    ];
    let bad = [
        "",
        "<html>",
        "[]",
        "5",
        "{}",
        r#"{"error":{"message":"x"}}"#,
        r#"{"data":[5],"embeddings":[5],"embedding":5}"#,
        r#"{"data":[{"embedding":[]}],"embeddings":[{"values":[]}],"embedding":[]}"#,
        r#"{"data":[{"embedding":"A"}],"embeddings":{"float":["A"]},"embedding":"A"}"#,
        r#"{"data":[{"embedding":0}],"embeddings":{"float":[null]},"embedding":{}}"#,
        r#"{"data":[{"embedding":[1,"x"]}],"embeddings":{"float":[[1,null]]},"embedding":[1,{}]}"#,
    ];
    for read in reads {
        for json in bad {
            assert!(read(json).is_err(), "{json}");
        }
    }
}

#[test]
fn both_encodings_mean_the_same() {
    let numbers = "[0.1,-0.5,3.4028235e38,1e-45,0.0,-0.0,1]";
    let floats = Vector::of_floats(numbers);
    assert_eq!((floats.len(), floats.is_empty()), (7, false));
    let base64: String = serde_json::from_str(&floats.json(Encoding::Base64)).unwrap();
    let back = Vector::of_base64(&base64).unwrap();
    assert_eq!(
        back.json(Encoding::Float),
        "[0.1,-0.5,3.4028235e38,1e-45,0.0,-0.0,1.0]"
    );
    assert_eq!(back.json(Encoding::Base64), floats.json(Encoding::Base64));
    assert_eq!(back.len(), 7);
    let beyond = Vector::of_floats("[1e999, -1e999]").json(Encoding::Base64);
    assert_eq!(beyond, r#""//9/f///f/8=""#);
    for bad in ["AAA=", "!", "AADAfw==", "AACAfw=="] {
        assert_eq!(Vector::of_base64(bad), None, "{bad}");
    }
}

#[test]
fn replies_are_written_as_they_were() {
    let json = r#"{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.10,1e-9]},{"object":"embedding","index":1,"embedding":[1,2]}],"model":"as\"ked","usage":{"prompt_tokens":5,"total_tokens":5}}"#;
    let reply = openai::read_reply(json).unwrap();
    let written = openai::write_reply(&reply, &told(), Encoding::Float);
    assert_eq!(String::from_utf8(written).unwrap(), json);
    let written: Value =
        serde_json::from_slice(&openai::write_reply(&reply, &told(), Encoding::Base64)).unwrap();
    assert_eq!(written["data"][1]["embedding"], "AACAPwAAAEA=");
    let silent = EmbeddingReply {
        usage: None,
        ..reply.clone()
    };
    let written: Value =
        serde_json::from_slice(&openai::write_reply(&silent, &told(), Encoding::Float)).unwrap();
    assert_eq!(
        written["usage"],
        json!({"prompt_tokens": 0, "total_tokens": 0})
    );
    let batch = r#"{"embeddings":[{"values":[0.10,1e-9]},{"values":[1,2]}],"usageMetadata":{"promptTokenCount":5,"totalTokenCount":5}}"#;
    assert_eq!(
        String::from_utf8(gemini::write_reply(&reply, &told(), true)).unwrap(),
        batch
    );
    assert_eq!(gemini::read_reply(batch).unwrap().vectors, reply.vectors);
    let one = EmbeddingReply {
        vectors: reply.vectors[..1].to_vec(),
        ..silent
    };
    assert_eq!(
        gemini::write_reply(&one, &told(), false),
        br#"{"embedding":{"values":[0.10,1e-9]}}"#
    );
}
