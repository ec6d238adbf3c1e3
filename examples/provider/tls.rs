//! TLS for the scripted provider: a server configuration from a certificate and its key.

use std::sync::Arc;

use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// A configuration that shows the certificate chain `chain` (PEM, the server's own first) with the private key
/// `key` (PEM), and offers the protocols `alpn`, such as `["h2", "http/1.1"]`.
///
/// # Errors
/// A sentence when one of the two cannot be read or they do not belong together.
pub fn tls(chain: &str, key: &str, alpn: &[&str]) -> Result<Arc<ServerConfig>, String> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(chain.as_bytes()).collect();
    let chain = chain.map_err(|fault| format!("certificate: {fault}"))?;
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes())
        .map_err(|fault| format!("private key: {fault}"))?;
    let builder = ServerConfig::builder_with_provider(Arc::new(default_provider()));
    let builder = builder
        .with_safe_default_protocol_versions()
        .map_err(|fault| fault.to_string())?;
    let config = builder.with_no_client_auth().with_single_cert(chain, key);
    let mut config = config.map_err(|fault| format!("certificate and key: {fault}"))?;
    config.alpn_protocols = alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
    Ok(Arc::new(config))
}
