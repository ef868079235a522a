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
invitation-until = The link works once, until { $day }.
invitation-code = You need a code as well. The person at the agency who wrote your body’s document down gives it to you.
invitation-contact = Before you decide you can talk to a person at { $agency }: { $contact }
invitation-unexpected = If you did not expect this letter, you need not do anything.

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

# Words of somebody without a sign-in were opened in an emergency. What their link opens no letter brings.
words-opened-subject = News about your words at { $agency }
words-opened-what = Words of yours were opened in an emergency. The agency may do that only where an order or the law leaves no other way.
words-opened-neutral-subject = Something new for you
words-opened-neutral-what = Something new waits for you on the page of your own link.
words-opened-link = Go to Common Table
words-opened-below = Open the link that you kept to see it. If you no longer have it, or it opens nothing any more, ask whoever gave it to you.
