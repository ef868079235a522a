//! What people said in the listening sessions: made up, about nobody. One line each: the card of the speaker, how they gave
//! their word, who may read it, what else may be done with it, the words. How: r read back, t telephone, p paper, h through
//! the person they named, l link, m member's page; C corrected, S struck, w waiting, k waiting with a link. Readers: a author,
//! b body, l leadership, g agency, p partnership, u public. Uses: q quoted, e exported, h public reports, s research.

/// Young adults of Tall Pine, on growing up between two homes.
pub(super) const SESSION_1: &str = "
1|m|p|qeh|We asked the young people to speak first and the council to listen. They said what we had been afraid they would say, and they said it kindly.
1|m|g|qe|When a placement changes, the Tribe hears of it from the young person, by text, at night. That is not notice.
2|t|p|qe|I moved four times and every time my drum stayed behind. Nobody thought of it as something I needed.
2|l|p|qe|What helped was one aunt who called every Sunday, wherever I was. She kept calling even when they told her it was a bad time.
3|r|g|q|They kept the three of us in three houses in the same town. We could see each other at school and then we went home different ways.
3|l|g|qe|If you have to split brothers, at least write down when they eat together. Put it in the plan like you put the dentist in it.
4|r|p|q|I learned our songs from a video. I would have liked to learn them from a person.
4|C|p|qe|The powwow was on the calendar all year and then nobody could drive me. It is always the drive.
5|l|u|qehs|At college they asked where I am from, and I had to think which answer was true. Somebody should help you carry that before you are twenty.
5|r|p|q|My second foster mother took me to the longhouse every month without anybody telling her to. She just asked me what I missed.
5|p|g|qe|You can keep a child safe and still keep her in her own story. I had one worker who did both, so I know it can be done.
6|r|g|q|When my boy was coming, I asked for my own records. It took nine months, so he was here before they were.
6|l|l|qe|I read in my file what I was like at seven. It said defiant. My grandmother says I was homesick.
7|h|b|q|I ran because running was the only time nobody wrote anything about me.
7|r|p|q|Ask us in the car, not in the office. You can say more when you both look at the road.
8|l|p|qe|They told my sister and me on different days that we would not live together. We should have heard it together.
8|t|g|q|I want the person who decides to have eaten at our table once.
9|r|p|q|My uncle offered his house the first week. The answer came in the spring, and it was about the width of the stairs.
8|p|g|qe|I kept a calendar of who was supposed to call me. I stopped after the second page, because it made me look at it.
13|l|p|qe|When the judge asked what I wanted to be called, I knew that the rest of the day would be all right.
9|l|g|qeh|The man who taught me carpentry did more for my staying in school than any plan. Count people like him when you count services.
10|r|p|qn|My aunt raised me and nobody paid her for it, and she never called it care. Then they asked her for a certificate.
10|l|p|qen|What kept me close was her kitchen. Same pots, same smell, and my cousins loud in the next room.
11|p|b|q|My beads were in a plastic bag for two years because the shelter thought the needles were a danger.
11|S|a||I would rather not have this one written down after all, now that I hear it read.
12|l|g|qe|I came back from the city at nineteen and did not know who was related to me. Teach that as early as the alphabet.
12|r|p|q|The hall was always open. The bus that went to the hall was not.
13|l|p|qeh|I finished school because three teachers and one judge knew my name. Four people is not many. Make it four for everybody.
13|t|g|qe|Nobody asked me what I was good at until the last year, and then it was on a form.
12|p|p|qe|My cousin and I were in the same office on the same day and nobody told us. We found out at a wedding.
3|l|p|qe|Let the oldest one keep the telephone. We would have called each other every night and nobody would have had to drive.
5|l|g|qe|Somebody kept my report cards. I never learned who. I would like to thank her.
8|r|p|q|When you ask us for a goodbye, give us more than the time it takes to fill a bag.
9|l|p|qe|The first tool I owned was a tape measure from my uncle. I still have it. I had to hide it in two houses.
13|l|p|qe|Tell the next ones that the council has a fund for books. I heard of it after I had bought them.
";

/// Grandparents and kin of Cedar Valley, on the first week.
pub(super) const SESSION_4: &str = "
1|m|p|qeh|We gave the county a list of forty homes that would say yes at midnight. In two years it was called six times.
1|m|g|qe|The Circle can find a cousin faster than any search, if somebody tells us the same day and not after the hearing.
2|m|g|qe|I was told that the children were safe, and not where. If you say the first, try to say something of the second.
2|m|l|q|I told the truth on the first day, and it was used as the reason on the last day. I would still tell it. But somebody should say beforehand what happens to it.
3|l|p|qeh|They had my sister’s grandchildren for six weeks before anybody asked us. We live four streets away. Nobody had our number, and nobody looked.
3|r|g|q|I heard it from the school secretary. She thought I knew.
3|t|p|qe|The first night the little ones slept in their coats, because they did not trust that they would stay.
4|r|p|q|I am seventy-one and I can raise a child. What I cannot do is fill in eleven pages on a telephone.
4|l|g|qe|They asked if I had a spare room. I have a whole life with room in it.
5|l|p|qehn|I had two car seats, two beds and no paper. The paper came last and it was the only thing that counted.
5|r|g|qn|The worker who came on the second day sat down on the floor with them. I want her name on a wall.
5|p|p|qen|Child care for one week would have saved my job. After that week I had nothing left to save.
6|h|l|q|In our family we do not say no to children. So somebody has to ask if the one who says yes can also sleep.
6|r|g|q|Nobody told me there was a difference between being a relative and being a foster home. The difference was the money.
7|l|p|qe|I was nineteen, and they said I was too young to have my brothers and old enough to be asked to sign.
7|C|g|qe|We got a number to call for questions. The number was the front desk, and the front desk had our question too.
8|r|p|q|I am not blood. I held her when she came home from the hospital. There was no box for me.
8|l|l|q|The deputy spoke to me as if I had done it. I had only opened the door.
9|r|p|q|Five of them at my table now. The oldest counts the plates every night to see if anybody is missing.
9|l|p|qeh|Send the first check in the first week. Groceries do not wait for a license.
9|t|g|qe|I would like one person who stays the same for a year. We had five, and each one began with the worst day.
10|p|g|qn|Men in my family cook and braid hair and sit up with a fever. Ask the uncles too.
10|r|p|qn|They called my sister, who lives in another state, before they called me. I am in the same book under the same name.
11|l|p|qe|En la primera semana nadie me habló en mi idioma. Firmé lo que me dieron, y después mi nieta de nueve años me lo leyó.
11|l|g|q|La señora que tradujo por teléfono fue amable, pero yo quería ver una cara.
12|r|l|q|I am a friend, so I could bring soup and not a child. By the third day it was the child who needed bringing.
12|t|p|qe|Tell the neighbors who can help what they may do. We stood there with full hands.
13|l|g|qe|I am the stepfather. When she died, I became nobody on the form, and he is the only son I have.
13|S|a||Leave this out. It would be known in the valley who said it.
4|l|p|qe|The first meeting was at ten in the morning, on a weekday, forty minutes away. I think that was the first answer.
3|p|p|qe|We would have come to court, all of us, with food. Nobody said that there was a court.
9|l|g|q|I do not need thanks. I need the medical card before Friday.
10|t|l|q|My brother is proud. If you ask him in front of people, he will say no. Ask him while he is fixing something.
12|l|p|qe|The church had beds in the basement and a list of people who could cook. It took a month until somebody wrote back to the church.
6|t|g|qe|My niece asked me what she had done wrong. That should be somebody’s job, to tell them on the first evening that it was nothing.
8|p|p|qe|A godmother is family with a promise in it. Write it down as that.
3|l|p|qe|They asked me for three references and never for the children’s favorite food. I could have given them twelve of the second.
5|l|p|qe|The school let me enroll them without the paper, because the lady at the desk had raised her sister’s boys. It should not depend on the lady.
7|l|p|q|I learned to braid hair from a video at two in the morning. Picture day was at nine.
9|p|g|qe|When the fifth one came, they asked if I was sure. I asked if they had somebody better. There was a long silence.
10|l|p|qe|I drove a truck for thirty years. I can be on time. Tell me where.
11|l|p|qe|Quisiera que alguien me explique el plan sentada a mi mesa, en español, y que se tome el café.
13|l|p|q|A judge asked me what I was to him. I said I am the one he calls when he is sick.
8|l|g|qe|I kept every bus ticket in a jar. In case somebody asks what it cost. Nobody has asked yet.
";

/// Young adults of Tall Pine, on visits.
pub(super) const SESSION_5: &str = "
1|m|p|qeh|A visit in an office is a visit with the office. Let families meet on our land, with our people near, and let it be long enough to cook.
1|m|g|q|We can offer the school library on four evenings. We have offered it before, and we offer it again.
2|l|p|qe|An hour every second week makes you a stranger slowly. You do not notice until you run out of things to say.
2|r|g|q|There was a window, and somebody behind it with a clipboard. My mother dressed up for that window.
3|r|p|q|I bring his food and they say no outside food. It is the only thing I know how to bring.
3|l|g|qe|I missed one visit because the bus did not come, and it was written down as me.
4|l|p|qeh|I am learning our language so that I can talk with my little brother in it. At visits we were told to speak English so that it could be noted.
4|t|b|q|My grandfather does not speak in that room. At home he never stops.
5|r|p|qn|My aunt drove two hours for fifty minutes, and then the fifty minutes began late.
5|l|g|qen|Let the visit end at a door and not in a parking lot. We always said goodbye between cars.
6|p|p|qe|In nursing school we learn that touch heals. In the visiting room there was a rule about laps.
6|l|g|qe|When the supervisor was kind, my sister slept that night. When she was not, we all paid for a week.
7|r|g|q|We danced once, in the hall outside, because there was no music allowed in the room. That is the one I remember.
7|l|p|qe|Ask children after a visit how it was, and wait for the answer. Crying is not always a bad sign.
8|t|p|q|I moved twice that year, and each time the visits stopped for a month while people looked for the new file.
8|C|g|qe|A video call is better than nothing, and it became the reason for nothing.
9|r|p|q|My father fixes boats. The only place he knows how to talk is beside one. Nobody thought of that.
9|l|b|q|He stopped coming because he was ashamed in front of strangers, and then it said that he did not care.
4|l|g|qe|Give the visit a purpose that is not watching. We could have learned a song each time.
6|l|p|qe|Somebody should tell the children what will happen if the parent does not come. Mine sat by the door for the whole hour.
8|r|b|q|When my worker left, nobody told my mother whom to ask about the visits. She asked me. I was eleven.
10|w|g||I have a twin and we had visits on different days. I would like somebody to explain that to me one time.
10|w|p||There should be a calendar on the wall that the child can reach.
11|k|p||At camp the parents came for a whole day and peeled potatoes. Nobody needed a supervisor. Everybody needed a knife.
11|r|g|q|We should be trained and paid to sit in at visits, we from the camp. The children know us already.
12|w|g||I got a ride to visits from my boss. He never asked me anything and he never let me be late.
12|k|g||When visits got cancelled, I found out at the door.
13|w|b||I am an uncle at twenty and they let me come as a friend of the family.
13|w|p||Bring the babies to the elders first. Then you will know who comes to visit.
2|k|g||I would have liked one picture from each visit. I have three pictures for six years.
3|w|g||My baby laughed and the note said that she was overexcited.
";

/// Grandparents and kin of Cedar Valley, on one number to call. Begun today: everything waits with its speaker.
pub(super) const SESSION_7: &str = "
1|M|p||Our members call me, because I pick up. I am glad to, and it is not a plan.
2|w|g||I pressed three for kinship and five for urgent, and then it rang in an empty room.
3|M|g||I call before nine, because after nine they are in court. It took me a year to find that out.
4|w|g||When I say I am the aunt, they ask to speak to the mother. If she could have come to the phone, I would not be calling.
5|w|p||I ride the bus for ninety minutes, so I have time to wait on the line. The bus goes through a tunnel, though.
5|w|g||Give us a first name and a direct line. We will not misuse it. We are tired, not rude.
2|w|p||Put a clock on the promise. If you say you will call back, say by when, and I will stop waiting by the telephone.
9|w|p||My neighbor waits with me. We take turns holding the line and holding the baby.
6|w|p||In my day you went to the courthouse and asked for Mabel. I am looking for Mabel.
7|w|g||A text that says we got your message would let me sleep.
8|w|p||Deje que el mensaje esté en español desde el principio, no después de cuatro opciones.
9|w|g||I am a neighbor who became kin. The system has no word for me, so the telephone has no button.
10|w|p||I taught for thirty years. If a parent called, I called back that day, and I had a hundred and forty of them.
4|w|p||The person who answers should be able to see that we talked last week. I tell it from the beginning every time, and every time it gets shorter.
10|w|g||Write down who called and what was asked, and show us the list. Then we can see it get shorter together.
11|w|g||I renewed my license on paper, because the person on the phone said the page would be fixed next week. That was in March.
";
