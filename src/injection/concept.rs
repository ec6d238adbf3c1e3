//! What words stand for, whatever their language: sets of concepts, one bit each.

/// A set of concepts.
pub(super) type Concepts = u64;

macro_rules! concepts {
    ($($(#[$doc:meta])* $name:ident = $nth:literal,)*) => {
        $($(#[$doc])* pub(super) const $name: Concepts = 1 << $nth;)*
        /// Their names, as the lexicon writes them.
        pub(super) const NAMES: &[(&str, Concepts)] = &[$((stringify!($name), $name)),*];
    };
}

concepts! {
    /// To ignore, forget, override.
    IGNORE = 0,
    /// What came before.
    PRIOR = 1,
    /// All, any, everything.
    ALL = 2,
    /// You, your.
    YOUR = 3,
    /// Instructions, prompts, rules.
    RULES = 4,
    /// Tasks, texts, what was said.
    MATTER = 5,
    /// New, now, from now on.
    NEW = 6,
    /// System, developer, hidden, initial.
    SYSTEM = 7,
    /// To show, repeat, tell.
    REVEAL = 8,
    /// To act as, to pretend.
    ROLE = 9,
    /// Unfiltered, amoral, jailbroken.
    FREE = 10,
    /// Filters, policies, ethics.
    LIMITS = 11,
    /// No, not, never, without.
    NOT = 12,
    /// To refuse, to apologise, disclaimers.
    REFUSE = 13,
    /// What the model is called.
    ASSISTANT = 14,
    /// A mode.
    MODE = 15,
    /// Keys, passwords, data of a person.
    SECRET = 16,
    /// To send, to append, to fetch.
    SEND = 17,
    /// A link.
    LINK = 18,
    /// An image that is fetched.
    IMAGE = 19,
    /// Text that a page does not show.
    HIDDEN = 20,
    /// A mark of a chat template.
    TEMPLATE = 21,
    /// A line that ends a part of a prompt.
    FENCE = 22,
    /// To follow, to obey.
    FOLLOW = 23,
    /// The user.
    USER = 24,
    /// Must, always, only.
    MUST = 25,
    /// The talk so far.
    TALK = 26,
    /// Common words under ROT13.
    ROT13 = 27,
    /// Administrators, developers, authorities.
    AUTHORITY = 28,
    /// To say or write just this.
    SAY = 29,
    /// To know; who one is.
    ARE = 30,
    /// To stop.
    STOP = 31,
    /// Illegal, harmful, immoral.
    HARM = 32,
    /// To do.
    DO = 33,
    /// Prompts in particular.
    PROMPT = 34,
    /// To tell somebody, to mention.
    MENTION = 35,
    /// To read, to process, to summarise: what is done with a document.
    READ = 36,
    /// Tools, functions and commands that act.
    TOOL = 37,
    /// To ask: what, how, why.
    ASK = 38,
    /// What is mine.
    MY = 39,
    /// What is spoken of: a phrase, a sentence, a term, an example.
    PHRASE = 40,
    /// What people send and write each other: mails, letters, questions.
    LETTER = 41,
    /// What programmers work with: commits, tests, functions.
    CODE = 42,
    /// What is done with a text's form: to translate, to shorten.
    EDIT = 43,
    /// To learn about: to explain, to mean; articles and guides.
    LEARN = 44,
    /// Please, now, then: what an order may begin with.
    POLITE = 45,
    /// A question mark.
    QUESTION = 46,
    /// What is between people, places and things and not between machines: manuals, houses, contracts.
    WORLD = 47,
    /// A quotation begins or ends.
    QUOTE = 48,
}
