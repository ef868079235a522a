# What letters say, in English. A language is a file: one more beside this one, with the same messages, and letters speak it.
# `language` is the language's own name, `direction` the way it is written (ltr, rtl).
language = English
direction = ltr

# Days and times. The names of months and weekdays come in English, in small letters.
month =
    { $month ->
        [january] January
        [february] February
        [march] March
        [april] April
        [may] May
        [june] June
        [july] July
        [august] August
        [september] September
        [october] October
        [november] November
       *[december] December
    }
weekday =
    { $weekday ->
        [monday] Monday
        [tuesday] Tuesday
        [wednesday] Wednesday
        [thursday] Thursday
        [friday] Friday
        [saturday] Saturday
       *[sunday] Sunday
    }
half =
    { $half ->
        [am] am
       *[pm] pm
    }
day = { $day } { month } { $year }
moment = { weekday } { $day } { month } { $year }, { $clock } { half } { $zone }

# An invitation.
invitation-subject = An invitation from { $agency }
invitation-what = { $inviter } invites you to work with { $agency } on Common Table.
invitation-link = Read the invitation
# To somebody who did not allow that a letter names the agency.
invitation-unnamed-subject = A link for you
invitation-unnamed-what = Somebody whom you know sends you a link. Open it where you are alone.
invitation-unnamed-link = Open the link
invitation-until = The link works once, until { $day }.
invitation-code = You need a code as well. The person at the agency who wrote your body’s document down gives it to you.
invitation-contact = Before you decide you can talk to a person at { $agency }: { $contact }
invitation-unexpected = If you did not expect this letter, you need not do anything.

# Somebody is invited to a session by name. Nothing says what it is about.
session-invitee-subject = An invitation from { $agency }
session-invitee-what = { $agency } invites you to a meeting on { $moment }.
session-invitee-neutral-subject = An invitation for you
session-invitee-neutral-what = You are invited to a meeting on { $moment }. Where it is, and who invites you, stands behind the link.
session-invitee-moved-subject = A meeting has a new time or place
session-invitee-moved-what = A meeting to which you are invited has a new time or place. It is now on { $moment }. If you have answered, your answer is kept: say whether it still holds.
session-invitee-off-subject = A meeting was called off
session-invitee-off-what = The meeting on { $moment }, to which you were invited, was called off.
session-invitee-link = Read it, and say whether you come
session-invitee-off-link = See what was called off
session-invitee-times-subject = When could you come?
session-invitee-times-what = { $agency } plans a meeting, and asks which day and place would suit you before anything is settled.
session-invitee-times-neutral-what = A meeting is planned. Before anything is settled you are asked which day and place would suit you.
session-invitee-times-link = Say what suits you
session-invitee-until = You need no account. The link shows this one invitation and works until you have answered, at most until the meeting is over.
session-invitee-file = The file that comes with this letter puts the meeting into your calendar.
session-invitee-contact = You can ask a person at { $agency }: { $contact }
session-invitee-unexpected = If you do not know what this is about, there is nothing that you have to do.

# A new password.
reset-subject = A new password for Common Table
reset-what = Somebody asked for a new password for the sign-in of this address.
reset-link = Choose a new password
reset-until = The link works once, until { $moment }. Until you use it, your password stays as it is.
reset-unexpected = If it was not you, you need not do anything.

# Something about how somebody signs in was changed.
password-changed-subject = Your password for Common Table was changed
password-changed-what = The password of your sign-in was changed.
factors-changed-subject = How you sign in to Common Table was changed
factors-changed-what = A passkey, the codes from an app or the recovery codes of your sign-in were added, renewed or taken away. Wherever else you were signed in, that has ended.
factors-changed-if-not = If it was not: sign in, take away what is not yours, and choose a new password at once. If you cannot come in any more, talk to a person: { $contact }
factors-lost-subject = Somebody asked that you may sign in to Common Table without the second step
factors-lost-what = It was said for you that your second step is lost. Nothing has changed yet: another person has to confirm it, and then three days pass.
factors-lost-if-not = If it is not lost, sign in and stop it on your account page, and talk to a person: { $contact }
factors-lost-confirmed-subject = In three days you may sign in to Common Table without the second step
factors-lost-confirmed-what = A second person confirmed that your second step is lost. In three days, and once every other place in which you serve has confirmed it too, your password alone lets you in. Until then everything stays as it was.
factors-forgotten-subject = The second step of your sign-in to Common Table was taken away
factors-forgotten-what = Your passkeys, the codes from your app and your recovery codes are no longer asked for. Every sign-in of yours has ended.
paper-used-subject = A recovery code of your sign-in to Common Table was used
paper-used-what = One of your recovery codes was used in place of your app or your passkey. It opens nothing any more.
passkey-doubted-subject = A passkey of yours was refused by Common Table
passkey-doubted-what = A passkey of yours was refused: it counted fewer uses than we did. That happens when there is a second one of it.
passkey-doubted-if-you = If it was you, take that passkey away on your account page, and add a new one.
passkey-doubted-if-not = If it was not, sign in another way, take that passkey away at once, and talk to a person: { $contact }
changed-choose-password = Choose a new password
changed-see = See how you sign in
changed-if-you = If it was you, you need not do anything.
changed-if-not = If it was not, choose a new password at once, and talk to a person: { $contact }

# An account was closed by its person; no more letters go to this address.
account-closed-subject = Your account at Common Table is closed
account-closed-what = You closed your account: you have left every agency, and nobody can come in as you any more.
account-closed-stays = What you said stays where it is, as you shared it. This is the last letter to this address.
account-closed-link = Go to Common Table
account-closed-if-not = If it was not, talk to a person at once: { $contact }

# Another address for a sign-in.
address-subject = Another address for a sign-in
address-taken = Somebody wants to sign in with this address from now on, but it has a sign-in of its own already. Nothing changes.
address-taken-link = Sign in
address-taken-below = If it was you: sign in with this address, or close its account first.
address-new = Somebody who signs in to Common Table wants to sign in with this address from now on.
address-new-link = Say whether it is yours
address-new-below = If it was not you, you need not do anything: without your yes nothing changes.
address-old = Somebody asked that you sign in with { $wanted } instead of this address from now on.
address-old-link = Say yes, or stop it
address-old-below = If it was not you, stop it and change your password: whoever asked is signed in as you.
address-until = It works for two days.
address-done-subject = Your sign-in has another address
address-done-what = From now on you sign in with { $wanted }. Letters go there.
address-done-link = Sign in
address-done-below = Both addresses said yes. If you did not, talk to a person at the agency at once.

# News. English says it in the sentence that the first page has, other languages by what kind it is of.
notice-subject = News for you at { $agency }
notice-what = { $said }.
notice-link = Open the page
notice-below = What it is about stands behind your sign-in, never in a letter.
notice-neutral-subject = Something new for you
notice-neutral-what = Something new waits for you.
notice-neutral-link = Sign in to read it

# Several news together, as their reader chose.
collected-all = This is what you were told since the last letter.
collected-first = You were told more than a letter holds. This came first.
collected-link = See all that you were told
collected-choose = How often such letters come, and at which hours, you choose on that page.

# Words of somebody without a sign-in were opened in an emergency. What their link opens no letter brings.
words-opened-subject = News about your words at { $agency }
words-opened-what = Words of yours were opened in an emergency. The agency may do that only where an order or the law leaves no other way.
words-opened-neutral-subject = Something new for you
words-opened-neutral-what = Something new waits for you on the page of your own link.
words-opened-link = Go to Common Table
words-opened-below = Open the link that you kept to see it. If you no longer have it, or it opens nothing any more, ask whoever gave it to you.

# All that waits for one person, in one letter.
wanted-subject = Your word is wanted at { $agency }
wanted-what = This waits for your word at { $agency }, the most wanted first. A line takes a minute.
wanted-line =
    { $what ->
        [confirm] Is this what you said?
        [entered] Somebody entered this for you: is it what you said?
        [answer] Does this answer you?
        [renewal] What you allowed runs out: may it go on?
        [done] Was this done, as it was promised?
        [promise] Is this promised, as the agency wrote it down?
        [goal] Do you agree to this goal?
        [heir] Somebody has left: who inherits this?
        [masked] A passage of what you said for your organization or Tribe was hidden
        [look] An author asks you to look again at a hidden comment
        [member] Does somebody belong to you, as the agency says?
        [merge] Are these two entries the same body?
        [second] Another of your stewards asks for a second word
        [trust] One question, without your name
        [part] What can your side decide, and what not?
        [minutes] Are these minutes right?
        [reply] You are invited: do you come?
        [hand_over] Is this right, what whoever comes next will be told?
        [influence] Your answer could change something: was that kept?
        [agenda] A meeting is coming: what should be talked about?
        [obstacle] Where does this stand?
        [copy] A copy that you took is called back
       *[other] Something else waits for your word
    }
wanted-signed-in = { $said } (sign in to answer)
wanted-code = { $said } (by telephone: code { $code })
wanted-telephone = Where a code stands beside a line you can also answer by telephone: say the code. { $contact }
wanted-link = See all that waits
wanted-more = More waits than this letter names: you see all of it when you sign in.
wanted-until = A line that opens without signing in shows one thing and works until you have answered, at most until { $day }. Then it lapses, and nothing has happened.
wanted-silence = Nothing is decided by your silence.
wanted-pace = How often this letter comes, you choose after signing in.
wanted-neutral-subject = Something waits for you
wanted-neutral-what = Something waits for your word. It takes a minute.
wanted-neutral-line = Open what waits: number { $number }
wanted-neutral-link = Sign in to see all of it

sheet-title = Your words, to check and send back
sheet-what = You said this at a meeting on { $day }. Nobody reads it before you say that they may.
sheet-how = Tick what is right and write beside it what should be different. You need not fill in everything.
sheet-until = We ask you until { $day }.
sheet-silence = If you say nothing, nothing happens: the words stay unread.
sheet-yes = These are my words
sheet-change = I want to change them, as I write below
sheet-strike = Do not keep them
sheet-add = What I want to add, in my own words:
sheet-who = Who may read them?
sheet-author = Only I
sheet-body = My organization or Tribe
sheet-leadership = My organization or Tribe, if I speak as one of its people, and the agency’s directors
sheet-agency = The same, and the agency’s staff and analysts
sheet-partnership = Everybody in the partnership
sheet-public = Anybody
sheet-shown = How may readers see who spoke?
sheet-named = With my name, which is:
sheet-role = As my card says, without my name
sheet-community = By my community only
sheet-anonymous = Without any hint of who spoke
sheet-uses = What else may be done with the words? What is not ticked is not allowed.
sheet-quoted = They may be quoted where people work on what was heard
sheet-exported = They may be in tables that analysts take out
sheet-published = They may be in public reports
sheet-research = They may be used for research
sheet-later = You can change all of this, and take the words back, on any day, and need give no reason.
sheet-contact = A person to talk to: { $contact }
sheet-hand = Give this sheet back to the person who brought it, or in the way that you agreed with them.

card-title = Consent card
card-pass = You may pass, stop or leave at any time.
card-what = What may be written down?
card-without-name = Write my words without my name
card-with-name = Write my words with my name
card-do-not-write = Do not write
card-allows = The words may { $uses }. Nothing else.
card-uses = { $most }, and { $last }
card-nothing = Nothing that is said is written down.
card-kept = be kept in the notes
card-quoted = be quoted where people work on what was heard
card-named = be shown with the name
card-exported = be in tables that analysts take out
card-published = be in public reports
card-research = be used for research
card-later = You read what was written down before anybody else does, and can change it, take it back, or allow more or less, at any time.
card-shown = How should you be shown?
card-such = For example: a grandmother, the hill villages.
card-name = Your name, only if it may be shown:
card-body = Your organization or Tribe, only if you speak as one of its people:
card-reached = How may you be reached about your words, and about nothing else?
card-not-at-all = not at all
card-telephone = telephone
card-text = text message
card-email = email
card-letter = letter
card-through = through a person whom I trust
card-in-person = only in person
card-place = Number, address or person:
card-hours = At which hours:
card-message = a message may be left
card-agency = the message may name the agency
card-young = Under 18
card-consented = Who consented, and how:

# On the speaker’s own telephone.
own-title = Your consent card
own-lede = It takes about a minute. Until you have answered, nothing that you say is written down. What you do not say is “no”.
own-language = In which language?
own-who = Who can read this.
own-readers = Those who listen to you here can read this card, and you. How you want to be shown stands beside your words wherever those may be read.
own-nobody = Write so that no child or family can be recognized.
own-hotline = This is not the place to report abuse or neglect: call { $hotline }.
own-shown = How do you want to be shown?
own-such = For example: a grandmother, the hill villages. Nothing by which you could be recognized.
own-name = Your name, only if it may be shown
own-name-hint = Kept only with “Write my words with my name”.
own-community = Your community
own-empty = May stay empty.
own-young = I am under 18
own-young-hint = Then somebody fills in the card with you.
own-reached = How may you be reached?
own-reached-hint = For reading back what was written down, and nothing else.
own-not-at-all = Not at all
own-telephone = By telephone
own-text = By text message
own-email = By email
own-letter = By letter
own-through = Through a person you named
own-in-person = Only in person
own-at = Number or address
own-hours = At which hours?
own-hours-hint = For example: weekdays after 5 pm.
own-person = Or through which person?
own-person-hint = Somebody you name and trust.
own-message = A message may be left
own-agency = The message may name the agency
own-send = This is my card
own-leave = Leave this page quickly
own-problem = There is a problem
own-no-card = Choose what may be written down
own-no-label = Enter how you want to be shown, such as: a grandmother, the hill villages
own-no-name = Enter your name: your card says that it may be shown
own-is-young = Give this back to whoever showed it to you: for somebody under 18 they fill in the card with you
own-no-at = Enter the number or address
own-no-person = Enter the person you name
own-no-choice = Choose one of the list
own-too-long = Shorten this to { $most } characters; it has { $length } now
own-no-number = Take out the Social Security number: nothing here may identify a child or a family
own-no-birth = Take out the date of birth: nothing here may identify a child or a family
own-no-file = Take out the file number: nothing here may identify a child or a family
own-filled = This card is filled in already. Tell those who listen to you what should change

ask-title = Ask the agency something
ask-lede = A question, something that troubles you, or an idea. You need no account, and nobody asks who you are. It takes a few minutes.
ask-skip = Skip to the content
ask-problem = There is a problem
ask-exit = Leave this page quickly
ask-no-emergency = This is not for emergencies.
ask-emergency = Nobody may read it today. If somebody is in danger now, call 911. If you need somebody to talk to, call or text 988.
ask-hotline = To report abuse or neglect of a child, call the hotline:
ask-what-happens = What happens with it
ask-happens-nobody = No name, no address and no network is kept with it. What you write can still tell who you are: leave out what only you could know, if you do not want that.
ask-happens-days = Somebody at the agency says that it was received, and then answers, by days that you see. If the agency is late, its director is told.
ask-happens-code = You get a return code when you send it. It is the only way back: read the answer with it, add something, or take everything back.
ask-happens-close = Only you say whether the answer answers you. If it does not, you send it back.
ask-kind = What is it?
ask-question = A question
ask-concern = Something that troubles me
ask-idea = An idea
ask-about = Which community or organization is it about, if any? (optional)
ask-about-hint = In your own words. No person’s name.
ask-readers = Who may read it?
ask-readers-hint = The answer goes to you, with your code, and stands where they read it.
ask-directors = Only the agency’s directors
ask-agency = The agency’s directors, staff and analysts
ask-who-reads = Who can read this.
ask-who-reads-words = Those whom you choose here, and nobody else at the agency. Analysts can also take it out in a table.
ask-nobody-known = Write so that no child and no family can be recognized.
ask-not-here = This is not the place to report abuse or neglect: call
ask-words = In your words
ask-words-hint = A few sentences are enough. You do not have to tell everything.
ask-empty = Leave this empty
ask-send = Send it
ask-have-code = I have a return code
ask-sent = Sent. This is your return code
ask-sent-lede = Write it down now, or print this page. It is shown only this once, and nobody at the agency can find it again for you.
ask-sent-keep = Whoever has this code can read what you asked. Keep it where nobody finds it whom you do not trust.
ask-sent-paper = You can type it with or without the lines, in small or capital letters.
ask-sent-over = The code was shown before
ask-sent-over-lede = A return code is shown once, right after sending. If you wrote it down, you can come back with it. If not, ask once more: nobody can find the old one.
ask-back = Come back with your code
ask-back-lede = See whether it was received and what the agency answered, and say whether that answers you.
ask-code = Your return code
ask-code-hint = Twenty letters and numbers, such as K7QM-3XPA-9TCV-R2WH-6BND.
ask-open = Open it
ask-anew = Ask something new
ask-hour = This browser remembers the code for an hour, so that you can read and write. “Leave this page quickly” forgets it at once.
ask-yours = What you asked
ask-you = you
ask-about-said = About:
ask-state = How far it is
ask-received-by = You hear that it was received by
ask-answer-by = You get an answer by
ask-handed = Late: handed to the director on
ask-answered = The agency answered
ask-because = Because:
ask-together = Several people raised this, and each of them got this answer.
ask-does-it = Does this answer you?
ask-yes = Yes, this answers me
ask-not-yet = Not yet
ask-why = If not yet: what is still open?
ask-say = Send my word
ask-again = Open it again
ask-again-why = What is still open?
ask-again-send = Open it again
ask-no-hurry = If you do nothing, nothing happens: it stays open, waiting for your word.
ask-more = Add something
ask-more-hint = It stands with what you wrote. You do not have to add anything.
ask-more-send = Add it
ask-history = What happened
ask-take-back = Take it back
ask-take-back-title = Take this back?
ask-take-back-what = Your words, the answer and the words of the history are erased at once. A mark stays that something was here. Backups keep the words until they expire; where a legal hold was set before, they are kept sealed until it ends, and nobody reads them meanwhile. This cannot be undone.
ask-take-back-send = Take it back
ask-stay = Go back
ask-taken-back = You took this back. Its words are gone.
ask-destroyed = The agency’s retention schedule let this go. Its words are gone.
ask-sealed = A legal hold that was set before keeps the words sealed. Nobody here reads them, and they are destroyed when it ends.
ask-copies = Where the words had gone before
ask-contact = Talk to a person:
ask-foot = Nobody has to tell who they are here.
ask-done-closed = Closed, by your word
ask-done-open = Open again; the agency reads why
ask-done-added = Added
ask-done-gone = Taken back; its words are gone
ask-state-raised = sent, no reply yet
ask-state-reopened = open again, no new answer yet
ask-state-acknowledged = received, no answer yet
ask-state-answered = answered, waiting for your word
ask-state-closed = closed by you
ask-state-withdrawn = taken back
ask-answer-done = done
ask-answer-will = we will, by { $day }
ask-answer-not-possible = not possible
ask-did-raised = You sent it
ask-did-acknowledged = The agency received it
ask-did-answered = The agency answered
ask-did-closed = You closed it
ask-did-reopened = You opened it again
ask-did-added = You added something
ask-did-taken-back = You took it back
ask-mend-kind = Choose what it is
ask-mend-words = Write what you want to ask or say
ask-mend-audience = Choose who may read it
ask-mend-website = Leave the field empty that people do not see: a program may have filled it in
ask-mend-seed = Send it once more: this page was too old, or came twice
ask-mend-long = Shorten this: it is longer than the box takes
ask-mend-known = Take out the number or the day that could tell who a child or a family is
ask-mend-no-code = Enter your return code
ask-mend-code = This code opens nothing here. Look whether each sign is right, and whether this is the agency that you asked
ask-mend-word = Choose one of the two
ask-mend-why = Write what is still open
ask-mend-more = Write what you want to add
ask-mend-enough = Ask something new: enough was added to this
ask-mend-many = Talk to a person, or come back tomorrow: more was sent today than people can read
