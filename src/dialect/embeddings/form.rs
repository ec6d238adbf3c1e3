//! What a request for embeddings asks, and what a reply says.

use super::Vector;
use crate::dialect::Reported;
use crate::dialect::neutral::{Cannot, Media, Place, Rest};

/// A request for embeddings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EmbeddingRequest {
    /// The model's name, as the body (or the path) says it.
    pub model: String,
    /// What becomes vectors, one each.
    pub inputs: Vec<Input>,
    /// How many numbers a vector shall have.
    pub dimensions: Option<u64>,
    /// How the client wants its vectors.
    pub encoding: Encoding,
    /// What the vectors are for.
    pub task: Option<Task>,
    /// The end user, in a form that the client chose.
    pub user: Option<String>,
    /// What the client's dialect calls the fields above.
    pub names: Names,
    /// Fields that have no neutral form.
    pub rest: Vec<Rest>,
}

/// What becomes a vector.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// Words.
    Text(String),
    /// Token ids of the model's own vocabulary.
    Tokens(Vec<u64>),
    /// An image.
    Image(Media),
}

/// How a vector is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Encoding {
    /// A list of numbers.
    #[default]
    Float,
    /// 32-bit floats, the least byte first, in base64.
    Base64,
}

/// What vectors are for: some models embed a question otherwise than the text that answers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Task {
    Query,
    Document,
    Classification,
    Clustering,
    Similarity,
    QuestionAnswering,
    FactVerification,
    CodeQuery,
}

/// What a client's dialect calls the neutral fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Names {
    /// The inputs.
    pub inputs: &'static str,
    /// The length of the vectors.
    pub dimensions: &'static str,
    /// What they are for.
    pub task: &'static str,
    /// The end user.
    pub user: &'static str,
}

/// A whole reply.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EmbeddingReply {
    /// The model, as the provider names it.
    pub model: Option<String>,
    /// The vectors, in the order of the inputs.
    pub vectors: Vec<Vector>,
    /// What was used, as far as the body says.
    pub usage: Option<Reported>,
}

impl EmbeddingRequest {
    /// The inputs, for a provider that takes texts only.
    pub(super) fn texts(&self) -> Result<Vec<&str>, Cannot> {
        let texts = self.inputs.iter().map(|input| match input {
            Input::Text(text) => Ok(text.as_str()),
            Input::Tokens(_) => Err(self.tokens()),
            Input::Image(_) => Err(self.cannot_input("this provider embeds no images")),
        });
        texts.collect()
    }

    /// Token ids are of one vocabulary.
    pub(super) fn tokens(&self) -> Cannot {
        self.cannot_input("token ids mean nothing to this provider's model, texts are needed")
    }

    pub(super) fn cannot_input(&self, reason: impl Into<String>) -> Cannot {
        Cannot::new(self.names.inputs, reason)
    }

    /// Holds the inputs to a provider's limit for one request.
    pub(super) fn at_most(&self, most: usize) -> Result<(), Cannot> {
        match self.inputs.len() {
            count if count > most => {
                let what =
                    format!("this provider embeds at most {most} in one request, found {count}");
                Err(self.cannot_input(what))
            }
            _ => Ok(()),
        }
    }

    /// What is left out, listed, or refused: the same for all providers, but that few know users.
    pub(super) fn dropped(&self, takes_user: bool) -> Result<Vec<Place>, Cannot> {
        let user = self.user.as_ref().filter(|_| !takes_user);
        let mut dropped: Vec<Place> = user.map(|_| self.names.user.into()).into_iter().collect();
        for Rest { path, idle, .. } in &self.rest {
            if !idle {
                return Err(Cannot::new(
                    path.as_str(),
                    "this provider has no counterpart",
                ));
            }
            dropped.push(path.as_str().into());
        }
        Ok(dropped)
    }
}
