//! Names for runs that were given none: an adjective, a noun and a number, as MLflow gives them.
//!
//! They are for people and need not be unique.

/// Twenty characters at most with the rest, as MLflow's.
const ADJECTIVES: [&str; 24] = [
    "amber", "brisk", "calm", "clever", "crisp", "deep", "early", "eager", "fair", "gentle",
    "golden", "keen", "light", "lively", "lucky", "mellow", "noble", "quiet", "rapid", "silver",
    "steady", "sunny", "vivid", "warm",
];

const NOUNS: [&str; 24] = [
    "acorn", "badger", "birch", "comet", "crane", "delta", "ember", "falcon", "fjord", "harbor",
    "heron", "island", "lark", "maple", "meadow", "otter", "pine", "raven", "river", "sparrow",
    "stone", "tide", "willow", "wren",
];

/// A name by chance.
pub(super) fn by_chance() -> String {
    let chance = uuid::Uuid::new_v4().as_u128();
    let of = |words: &[&'static str; 24], chance: u128| {
        let index = usize::try_from(chance % 24).unwrap_or_default();
        words.get(index).copied().unwrap_or("run")
    };
    let number = chance / (24 * 24) % 1000;
    format!(
        "{}-{}-{number}",
        of(&ADJECTIVES, chance),
        of(&NOUNS, chance / 24)
    )
}
