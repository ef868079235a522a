//! What can wait for a person's word.

use chrono::{DateTime, Utc};

labels! {
    /// What is wanted, the most wanted first.
    pub enum What {
        Confirm = "confirm", "Is this what you said?";
        Answer = "answer", "Does this answer you?";
        Done = "done", "Was this done, as it was promised?";
        Promise = "promise", "Is this promised, as the agency wrote it down?";
        Goal = "goal", "Do you agree to this goal?";
        Heir = "heir", "Somebody has left: who inherits this?";
        Masked = "masked", "A passage of what you said for your organization or Tribe was hidden";
        Look = "look", "An author asks you to look again at a hidden comment";
        Member = "member", "The agency proposes somebody as one of your people: do they belong to you?";
        Merge = "merge", "Are these two entries the same body?";
        Second = "second", "Another of your stewards asks for a second word";
        Copy = "copy", "Words in a copy that you took are called back: delete it, and say so";
    }
}

/// One thing that waits.
#[derive(Debug)]
pub struct Waiting {
    /// What is wanted.
    pub what: What,
    /// The record's title.
    pub title: String,
    /// Where the word is given.
    pub path: String,
    /// Since when it waits.
    pub since: DateTime<Utc>,
    /// The person was asked once more; nobody asks again.
    pub asked_again: bool,
}
