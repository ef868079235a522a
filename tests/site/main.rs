//! The site over HTTP, as its visitors meet it: each test is a sentence about somebody, on a year that was lived through
//! the site's own forms. `support` holds the visitor and checks every page that any test opens.

#[cfg(test)]
mod support;

#[cfg(test)]
mod absences;
#[cfg(test)]
mod accounts;
#[cfg(test)]
mod answers;
#[cfg(test)]
mod answers_to_speakers;
#[cfg(test)]
mod asking;
#[cfg(test)]
mod at_one_moment;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod back;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod barriers;
#[cfg(test)]
mod by_hand;
#[cfg(test)]
mod calendars;
#[cfg(test)]
mod came_from;
#[cfg(test)]
mod cancelled;
#[cfg(test)]
mod cards;
#[cfg(test)]
mod coding;
#[cfg(test)]
mod cohosts;
#[cfg(test)]
mod comments;
#[cfg(test)]
mod commitments;
#[cfg(test)]
mod consent_runs_out;
#[cfg(test)]
mod counted_passkeys;
#[cfg(test)]
mod days;
#[cfg(test)]
mod delegates;
#[cfg(test)]
mod demonstration;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod directors;
#[cfg(test)]
mod drafts;
#[cfg(test)]
mod entered;
mod entrance;
#[cfg(test)]
mod factors;
#[cfg(test)]
mod files;
#[cfg(test)]
mod first_stewards;
#[cfg(test)]
mod founding;
#[cfg(test)]
mod fresh;
#[cfg(test)]
mod goals;
#[cfg(test)]
mod governments;
#[cfg(test)]
mod groups;
#[cfg(test)]
mod handovers;
#[cfg(test)]
mod hats;
#[cfg(test)]
mod holds;
#[cfg(test)]
mod home;
#[cfg(test)]
mod home_kept;
#[cfg(test)]
mod import;
#[cfg(test)]
mod import_names;
#[cfg(test)]
mod in_the_room;
#[cfg(test)]
mod influence;
#[cfg(test)]
mod interrupted;
#[cfg(test)]
mod invitees;
#[cfg(test)]
mod keeping;
#[cfg(test)]
mod languages;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod letters_as_chosen;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod links;
#[cfg(test)]
mod live;
#[cfg(test)]
mod loops;
#[cfg(test)]
mod loops_go_on;
#[cfg(test)]
mod lost_elsewhere;
#[cfg(test)]
mod lost_factors;
#[cfg(test)]
mod mandates;
#[cfg(test)]
mod meetings;
#[cfg(test)]
mod meetings_go_on;
#[cfg(test)]
mod members;
#[cfg(test)]
mod members_known;
#[cfg(test)]
mod members_listed;
#[cfg(test)]
mod merge;
#[cfg(test)]
mod nobodys_address;
#[cfg(test)]
mod notices;
#[cfg(test)]
mod obstacles;
#[cfg(test)]
mod openings;
#[cfg(test)]
mod openings_told;
#[cfg(test)]
mod operator;
#[cfg(test)]
mod own_account;
#[cfg(test)]
mod own_address;
#[cfg(test)]
mod own_copies;
#[cfg(test)]
mod own_words;
#[cfg(test)]
mod partners;
#[cfg(test)]
mod people_lists;
#[cfg(test)]
mod places;
mod plans;
#[cfg(test)]
mod program;
#[cfg(test)]
mod proofs;
#[cfg(test)]
mod protocol_rules;
#[cfg(test)]
mod protocols;
#[cfg(test)]
mod protocols_together;
#[cfg(test)]
mod queries;
#[cfg(test)]
mod relations;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod retention;
#[cfg(test)]
mod revocation;
#[cfg(test)]
mod rhythm;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod security;
#[cfg(test)]
mod session_rules;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod shadow;
#[cfg(test)]
mod sign_ins;
#[cfg(test)]
mod sign_on;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod stewards;
#[cfg(test)]
mod surfaces;
#[cfg(test)]
mod themes;
#[cfg(test)]
mod told;
#[cfg(test)]
mod trace;
#[cfg(test)]
mod trust;
#[cfg(test)]
mod verify;
#[cfg(test)]
mod walk;
#[cfg(test)]
mod wanted;
#[cfg(test)]
mod wanted_letters;
#[cfg(test)]
mod wanted_lines;
#[cfg(test)]
mod what_stays;
#[cfg(test)]
mod who_sees;
#[cfg(test)]
mod widening;
#[cfg(test)]
mod withdrawal;
