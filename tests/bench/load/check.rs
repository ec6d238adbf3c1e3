//! Before anything is measured: that what will be measured is right.

use std::sync::Arc;

use bytes::Bytes;

use super::kit::body::{SIZES, bodies};
use super::kit::envoy::Envoy;
use super::kit::load::Client;
use super::kit::provider::Provider;
use super::kit::reply::{KINDS, Kind};
use super::kit::variant::Variant;
use super::kit::wire::Framing;

/// One request of every size and one of every kind of reply, each seen to be answered as it should be.
pub async fn check(variant: &Variant, envoy: &Envoy, provider: &Provider) {
    let lanes = provider.lanes();
    let mut client = Client::connect(envoy.port, 0).await.unwrap();
    let plain = SIZES
        .iter()
        .map(|size| (bodies(*size, false, 1), Kind::Plain));
    let streams = KINDS
        .iter()
        .skip(1)
        .map(|kind| (bodies(SIZES[0], true, 1), *kind));
    for (bodies, kind) in plain.chain(streams) {
        let body: &Bytes = &bodies[1];
        let request: serde_json::Value = serde_json::from_slice(body).unwrap();
        assert_eq!(
            request["stream"].as_bool().unwrap_or(false),
            kind != Kind::Plain
        );
        let (status, framing) = client.send(body, kind).await.unwrap();
        let text = client.read(framing, &Arc::clone(&lanes)[0]).await.unwrap();
        let text = String::from_utf8(text).unwrap();
        assert_eq!(
            status,
            200,
            "{}, {} bytes, {}: {text}",
            variant.name,
            body.len(),
            kind.name()
        );
        let end = match kind {
            Kind::Plain => "\"usage\"",
            Kind::Stream(_) => "data: [DONE]",
        };
        assert!(
            text.contains(end),
            "{}, {}: no {end} in {text}",
            variant.name,
            kind.name()
        );
        assert!(framing != Framing::Length(0));
    }
}
