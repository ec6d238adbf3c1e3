//! Requests, as clients write them and as providers want them.

use super::*;

#[test]
fn openai_inputs() {
    let text = |text: &str| Input::Text(text.to_owned());
    let rows = [
        (json!("a"), vec![text("a")]),
        (json!([""]), vec![text("")]),
        (json!(["a", "é"]), vec![text("a"), text("é")]),
        (json!([1, 2]), vec![Input::Tokens(vec![1, 2])]),
        (
            json!([[1, 2], [3]]),
            vec![Input::Tokens(vec![1, 2]), Input::Tokens(vec![3])],
        ),
    ];
    for (input, expected) in rows {
        assert_eq!(
            openai(json!({"model": "m", "input": input})).inputs,
            expected
        );
    }
    let faults = [
        (json!({}), "input"),
        (json!({"input": []}), "input"),
        (json!({"input": 5}), "input"),
        (json!({"input": ["a", null]}), "input[1]"),
        (json!({"input": [[]]}), "input[0]"),
        (json!({"input": [1, "a"]}), "input"),
        (json!({"input": [-1]}), "input"),
        (json!({"input": "a", "dimensions": "5"}), "dimensions"),
        (
            json!({"input": "a", "encoding_format": "hex"}),
            "encoding_format",
        ),
        (json!({"input": "a", "input_type": "poem"}), "input_type"),
    ];
    for (body, path) in faults {
        let cannot = openai::read_request(&body.to_string()).unwrap_err();
        assert_eq!(cannot.place, Place::At(path.to_owned()), "{body}");
    }
    assert!(openai::read_request("[").is_err());
}

#[test]
fn gemini_requests() {
    let one = json!({"model": "models/x", "content": {"role": "user", "parts": [{"text": "a"}]}, "task_type": "RETRIEVAL_QUERY",
        "outputDimensionality": 5});
    let request = gemini::read_request(&one.to_string(), "models/m", false).unwrap();
    assert_eq!(
        (request.model.as_str(), request.inputs),
        ("m", vec![Input::Text("a".to_owned())])
    );
    assert_eq!(
        (request.task, request.dimensions),
        (Some(Task::Query), Some(5))
    );
    let config = json!({"content": "a", "embedContentConfig": {"taskType": "CLUSTERING", "autoTruncate": false}});
    let request = gemini::read_request(&config.to_string(), "m", false).unwrap();
    assert_eq!(
        (request.task, request.rest[0].path.as_str()),
        (Some(Task::Clustering), "embedContentConfig.autoTruncate")
    );
    let titled =
        json!({"requests": [content("a"), {"content": {"parts": [{"text": "b"}]}, "title": "T"}]});
    let request = gemini(titled);
    assert_eq!(
        (request.inputs.len(), request.rest[0].path.as_str()),
        (2, "requests[1].title")
    );
    let cannot = openai::write_request(&request, &aim("openai", "m")).unwrap_err();
    assert_eq!(cannot.place, "requests[1].title".into());
    let faults = [
        (json!({"requests": []}), "requests"),
        (json!({"requests": [{}]}), "requests[0].content"),
        (
            json!({"requests": [{"content": {"parts": [{"text": "a"}, {"text": "b"}]}}]}),
            "requests[0].content.parts",
        ),
        (
            json!({"requests": [{"content": {"parts": [{}]}}]}),
            "requests[0].content.parts[0].text",
        ),
        (
            json!({"requests": [{"content": "a", "taskType": "POEM"}]}),
            "requests[0].taskType",
        ),
        (
            json!({"requests": [content("a"), {"content": "b", "outputDimensionality": 2}]}),
            "requests",
        ),
    ];
    for (body, path) in faults {
        let cannot = gemini::read_request(&body.to_string(), "m", true).unwrap_err();
        assert_eq!(cannot.place, Place::At(path.to_owned()), "{body}");
    }
}

#[test]
fn requests_by_provider() {
    let plain = || {
        openai(
            json!({"input": ["a", "b"], "dimensions": 256, "encoding_format": "base64", "user": "u"}),
        )
    };
    let single = || openai(json!({"input": "a", "dimensions": 256, "input_type": "search_query"}));
    let tokens = || openai(json!({"input": [[1, 2]]}));
    let image = || {
        gemini(
            json!({"requests": [{"content": {"parts": [{"inlineData": {"mimeType": "image/webp", "data": "AA=="}}]}}]}),
        )
    };
    let mixed = || {
        gemini(
            json!({"requests": [{"content": {"parts": [{"inlineData": {"mimeType": "image/webp", "data": "AA=="}}]}}, content("a")]}),
        )
    };
    let uri = "data:image/webp;base64,AA==";
    let rows: [(&str, Write, EmbeddingRequest, &str, Value); 17] = [
        (
            "openai",
            openai::write_request,
            plain(),
            "m",
            json!({"model": "m", "input": ["a", "b"], "dimensions": 256, "encoding_format": "base64", "user": "u"}),
        ),
        (
            "azure",
            openai::write_request,
            tokens(),
            "m",
            json!({"model": "m", "input": [[1, 2]]}),
        ),
        (
            "mistral",
            openai::write_request,
            plain(),
            "m",
            json!({"model": "m", "input": ["a", "b"], "output_dimension": 256}),
        ),
        (
            "vllm",
            openai::write_request,
            single(),
            "m",
            json!({"model": "m", "input": ["a"], "dimensions": 256}),
        ),
        (
            "nvidia",
            openai::write_request,
            single(),
            "m",
            json!({"model": "m", "input": ["a"], "dimensions": 256, "input_type": "query"}),
        ),
        (
            "nvidia",
            openai::write_request,
            openai(json!({"input": "a"})),
            "m",
            json!({"model": "m", "input": ["a"], "input_type": "passage"}),
        ),
        (
            "gemini",
            gemini::write_request,
            plain(),
            "m",
            json!({"requests": [
            {"model": "models/m", "content": {"parts": [{"text": "a"}]}, "outputDimensionality": 256},
            {"model": "models/m", "content": {"parts": [{"text": "b"}]}, "outputDimensionality": 256}]}),
        ),
        (
            "gemini",
            gemini::write_request,
            single(),
            "m",
            json!({"requests": [
            {"model": "models/m", "content": {"parts": [{"text": "a"}]}, "taskType": "RETRIEVAL_QUERY", "outputDimensionality": 256}]}),
        ),
        (
            "vertex",
            vertex::write_request,
            single(),
            "text-embedding-005",
            json!({"instances": [{"content": "a", "task_type": "RETRIEVAL_QUERY"}], "parameters": {"outputDimensionality": 256}}),
        ),
        (
            "vertex",
            vertex::write_request,
            single(),
            "gemini-embedding-2",
            json!({"content": {"parts": [{"text": "a"}]}, "embedContentConfig": {"taskType": "RETRIEVAL_QUERY", "outputDimensionality": 256}}),
        ),
        (
            "cohere",
            cohere::write_request,
            plain(),
            "embed-v4.0",
            json!({"model": "embed-v4.0", "input_type": "search_document", "texts": ["a", "b"], "embedding_types": ["float"], "output_dimension": 256}),
        ),
        (
            "cohere",
            cohere::write_request,
            image(),
            "m",
            json!({"model": "m", "input_type": "image", "images": [uri], "embedding_types": ["float"]}),
        ),
        (
            "cohere",
            cohere::write_request,
            mixed(),
            "m",
            json!({"model": "m", "input_type": "search_document", "inputs": [
            {"content": [{"type": "image_url", "image_url": {"url": uri}}]}, {"content": [{"type": "text", "text": "a"}]}],
            "embedding_types": ["float"]}),
        ),
        (
            "bedrock",
            cohere::write_request,
            openai(json!({"input": "a", "input_type": "query"})),
            "cohere.embed-english-v3",
            json!({"input_type": "search_query", "texts": ["a"], "embedding_types": ["float"]}),
        ),
        (
            "bedrock",
            titan::write_request,
            single(),
            "amazon.titan-embed-text-v2:0",
            json!({"inputText": "a", "dimensions": 256}),
        ),
        (
            "bedrock",
            titan::write_request,
            openai(json!({"input": ["é"], "dimensions": 1536})),
            "amazon.titan-embed-text-v1",
            json!({"inputText": "é"}),
        ),
        (
            "gemini",
            gemini::write_request,
            image(),
            "m",
            json!({"requests": [
            {"model": "models/m", "content": {"parts": [{"inlineData": {"mimeType": "image/webp", "data": "AA=="}}]}}]}),
        ),
    ];
    for (kind, write, request, model, expected) in rows {
        assert_eq!(
            body(write(&request, &aim(kind, model)).unwrap()),
            expected,
            "{kind} {model}"
        );
    }
}

#[test]
fn what_cannot_be_carried_is_refused() {
    let many = |count: usize| openai(json!({"input": vec!["a"; count]}));
    let tokens = || openai(json!({"input": [1, 2]}));
    let long = || openai(json!({"input": "a", "dimensions": 300}));
    let image = || {
        gemini(json!({"requests": [{"content": {"parts": [{"inline_data": {"data": "AA=="}}]}}]}))
    };
    let similar =
        || gemini(json!({"requests": [{"content": "a", "taskType": "SEMANTIC_SIMILARITY"}]}));
    let rows: [(&str, Write, EmbeddingRequest, &str, &str); 19] = [
        ("mistral", openai::write_request, tokens(), "m", "input"),
        ("vllm", openai::write_request, tokens(), "m", "input"),
        ("gemini", gemini::write_request, tokens(), "m", "input"),
        ("vertex", vertex::write_request, tokens(), "m", "input"),
        ("cohere", cohere::write_request, tokens(), "m", "input"),
        ("bedrock", titan::write_request, tokens(), "m", "input"),
        ("openai", openai::write_request, many(2049), "m", "input"),
        ("gemini", gemini::write_request, many(101), "m", "input"),
        (
            "vertex",
            vertex::write_request,
            many(2),
            "gemini-embedding-001",
            "input",
        ),
        (
            "vertex",
            vertex::write_request,
            many(2),
            "gemini-embedding-2",
            "input",
        ),
        ("cohere", cohere::write_request, many(97), "m", "input"),
        ("bedrock", titan::write_request, many(2), "m", "input"),
        (
            "bedrock",
            titan::write_request,
            long(),
            "amazon.titan-embed-text-v2:0",
            "dimensions",
        ),
        (
            "bedrock",
            titan::write_request,
            long(),
            "amazon.titan-embed-text-v1",
            "dimensions",
        ),
        (
            "bedrock",
            cohere::write_request,
            long(),
            "cohere.embed-english-v3",
            "dimensions",
        ),
        ("openai", openai::write_request, image(), "m", "requests"),
        ("bedrock", titan::write_request, image(), "m", "requests"),
        (
            "cohere",
            cohere::write_request,
            similar(),
            "m",
            "requests[0].taskType",
        ),
        (
            "openai",
            openai::write_request,
            openai(json!({"input": "a", "new": 1})),
            "m",
            "new",
        ),
    ];
    for (kind, write, request, model, path) in rows {
        let cannot = write(&request, &aim(kind, model)).unwrap_err();
        assert_eq!(cannot.place, Place::At(path.to_owned()), "{kind} {model}");
        assert!(!cannot.reason.ends_with('.'));
    }
}

#[test]
fn drops_are_listed() {
    let request = openai(json!({"input": "a", "user": "u", "input_type": "query"}));
    let rows: [(&str, Write, &[&str]); 5] = [
        ("openai", openai::write_request, &["input_type"]),
        ("groq", openai::write_request, &["user", "input_type"]),
        ("gemini", gemini::write_request, &["user"]),
        ("cohere", cohere::write_request, &["user"]),
        ("bedrock", titan::write_request, &["user", "input_type"]),
    ];
    for (kind, write, expected) in rows {
        let dropped = write(&request, &aim(kind, "m")).unwrap().dropped;
        let expected: Vec<Place> = expected.iter().map(|path| (*path).into()).collect();
        assert_eq!(dropped, expected, "{kind}");
    }
}

#[test]
fn requests_are_written_as_they_were() {
    let rows = [
        json!({"model": "m", "input": ["a", "b"], "dimensions": 5, "encoding_format": "base64", "user": "u"}),
        json!({"model": "m", "input": [[1, 2], [3]]}),
    ];
    for row in rows {
        assert_eq!(
            body(openai::write_request(&openai(row.clone()), &aim("openai", "m")).unwrap()),
            row
        );
    }
    let row = json!({"requests": [{"model": "models/m", "content": {"parts": [{"text": "a"}]},
        "taskType": "CODE_RETRIEVAL_QUERY", "outputDimensionality": 5}]});
    assert_eq!(
        body(gemini::write_request(&gemini(row.clone()), &aim("gemini", "m")).unwrap()),
        row
    );
}
