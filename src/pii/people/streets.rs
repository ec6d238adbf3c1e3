//! The words that streets are called by.

/// What English street names end with, lower case, and whether people shorten it so.
#[rustfmt::skip]
pub(super) const AFTER: &[&str] = &[
    "alley", "aly", "approach", "arcade", "ave", "avenue", "blvd", "boulevard", "broadway", "bvd", "circle", "cir", "cl", "close", "cove",
    "cres", "crescent", "court", "ct", "dr", "drive", "esplanade", "expressway", "expy", "fwy", "freeway", "gardens", "gate", "gdns",
    "green", "grove", "heights", "highway", "hill", "hwy", "lane", "ln", "loop", "mall", "mews", "parade", "park", "parkway", "path", "pike",
    "pkwy", "pl", "place", "plaza", "plz", "quay", "rd", "ridge", "road", "row", "sq", "square", "st", "street", "ter", "terrace", "trail",
    "trl", "turnpike", "tpke", "view", "walk", "way", "wharf",
];

/// What one-word street names of German, Dutch and the Nordic languages end with, lower case.
#[rustfmt::skip]
pub(super) const ENDINGS: &[&str] = &[
    "straße", "strasse", "str.", "str", "weg", "gasse", "gässli", "platz", "allee", "ring", "damm", "ufer", "chaussee", "steig", "stieg",
    "promenade", "graben", "markt", "kamp", "straat", "laan", "plein", "gracht", "kade", "dijk", "singel", "dreef", "gatan", "gata",
    "vägen", "torget", "vej", "gade", "allé", "gaten", "veien", "vegen", "katu", "tie", "kuja", "polku",
];

/// What street names of French begin with, lower case: the number stands before.
#[rustfmt::skip]
pub(super) const FRENCH: &[&str] = &[
    "allée", "allee", "av", "avenue", "bd", "boulevard", "chemin", "cours", "faubourg", "impasse", "lotissement", "passage",
    "place", "quai", "route", "rue", "ruelle", "sentier", "square", "voie", "rte", "che", "chaussée",
];

/// What street names begin with where the number stands behind, lower case.
#[rustfmt::skip]
pub(super) const BEFORE: &[&str] = &[
    "al", "alameda", "aleja", "av", "avda", "avenida", "borgo", "calle", "calçada", "camino", "carrer", "carrera", "carretera",
    "contrada", "corso", "cl", "cra", "cr", "c/", "estrada", "jalan", "jl", "jln", "largo", "os", "paseo", "piazza", "piazzale", "plaza", "pl", "praça",
    "praca", "r", "ronda", "rua", "str", "strada", "travessa", "trg", "ul", "ulica", "ulice", "vereda", "via", "viale", "vicolo", "rodovia",
    "улица", "ул", "проспект", "пр", "пр-т", "переулок", "пер", "шоссе", "бульвар", "вулиця", "вул", "οδός", "λεωφόρος", "rue",
    "sokak", "caddesi", "đường", "phố",
];

/// The states and provinces that stand before a postcode in the United States, Canada and Australia.
pub(super) const STATES: &str = "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ \
    NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR AB BC MB NB NL NS NT NU ON PE QC SK YT NSW VIC QLD \
    SA TAS ACT";
