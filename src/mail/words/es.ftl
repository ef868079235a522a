# Lo que dicen las cartas, en español; quien las recibe las llama mensajes. Se trata de «usted».
language = Español
direction = ltr

month =
    { $month ->
        [january] enero
        [february] febrero
        [march] marzo
        [april] abril
        [may] mayo
        [june] junio
        [july] julio
        [august] agosto
        [september] septiembre
        [october] octubre
        [november] noviembre
       *[december] diciembre
    }
weekday =
    { $weekday ->
        [monday] lunes
        [tuesday] martes
        [wednesday] miércoles
        [thursday] jueves
        [friday] viernes
        [saturday] sábado
       *[sunday] domingo
    }
half =
    { $half ->
        [am] a. m.
       *[pm] p. m.
    }
day = { $day } de { month } de { $year }
moment = { weekday } { $day } de { month } de { $year }, { $clock } { half } ({ $zone })

invitation-subject = Invitación de { $agency }
invitation-what = { $inviter } le invita a colaborar con { $agency } en Common Table.
invitation-link = Leer la invitación
invitation-until = El enlace sirve una sola vez, hasta el { $day }.
invitation-code = También necesita un código. Se lo dará la persona de la agencia que registró el documento de su organización o Tribu.
invitation-contact = Antes de decidir, puede hablar con una persona de { $agency }: { $contact }
invitation-unexpected = Si no esperaba este mensaje, no tiene que hacer nada.

reset-subject = Una contraseña nueva para Common Table
reset-what = Alguien pidió una contraseña nueva para la cuenta que usa esta dirección.
reset-link = Elegir una contraseña nueva
reset-until = El enlace sirve una sola vez, hasta el { $moment }. Mientras no lo use, su contraseña sigue siendo la misma.
reset-unexpected = Si no fue usted, no tiene que hacer nada.

password-changed-subject = Se cambió su contraseña de Common Table
password-changed-what = Se cambió la contraseña con la que usted entra.
factors-changed-subject = Cambió su forma de entrar a Common Table
factors-changed-what = Se agregó, se renovó o se quitó una llave de acceso, los códigos de una aplicación o los códigos de recuperación de su cuenta. Sus demás sesiones se cerraron.
factors-changed-if-not = Si no fue usted: entre, quite lo que no sea suyo y elija una contraseña nueva de inmediato. Si ya no puede entrar, hable con una persona: { $contact }
factors-lost-subject = Alguien pidió que usted pueda entrar a Common Table sin el segundo paso
factors-lost-what = Alguien dijo, en su nombre, que usted perdió su segundo paso. Todavía no ha cambiado nada: otra persona tiene que confirmarlo, y después pasan tres días.
factors-lost-if-not = Si no lo perdió, entre y deténgalo en la página de su cuenta, y hable con una persona: { $contact }
factors-lost-confirmed-subject = En tres días usted podrá entrar a Common Table sin el segundo paso
factors-lost-confirmed-what = Una segunda persona confirmó que usted perdió su segundo paso. En tres días, y cuando también lo hayan confirmado los demás lugares en los que usted participa, bastará su contraseña para entrar. Hasta entonces todo queda como estaba.
factors-forgotten-subject = Se quitó el segundo paso de su entrada a Common Table
factors-forgotten-what = Ya no se piden sus llaves de acceso, los códigos de su aplicación ni sus códigos de recuperación. Se cerraron todas sus sesiones.
paper-used-subject = Se usó un código de recuperación de su cuenta de Common Table
paper-used-what = Se usó uno de sus códigos de recuperación en lugar de su aplicación o de su llave de acceso. Ese código ya no abre nada.
passkey-doubted-subject = Common Table rechazó una llave de acceso suya
passkey-doubted-what = Se rechazó una llave de acceso suya: contaba menos usos de los que contamos aquí. Eso pasa cuando hay una segunda copia de ella.
passkey-doubted-if-you = Si fue usted, quite esa llave de acceso en la página de su cuenta y agregue una nueva.
passkey-doubted-if-not = Si no fue usted, entre de otra manera, quite esa llave de acceso de inmediato y hable con una persona: { $contact }
changed-choose-password = Elegir una contraseña nueva
changed-see = Ver cómo entra usted
changed-if-you = Si fue usted, no tiene que hacer nada.
changed-if-not = Si no fue usted, elija una contraseña nueva de inmediato y hable con una persona: { $contact }

account-closed-subject = Su cuenta de Common Table está cerrada
account-closed-what = Usted cerró su cuenta: salió de todas las agencias, y ya nadie puede entrar en su nombre.
account-closed-stays = Lo que usted dijo queda donde está, tal como lo compartió. Este es el último mensaje a esta dirección.
account-closed-link = Ir a Common Table
account-closed-if-not = Si no fue usted, hable de inmediato con una persona: { $contact }

address-subject = Otra dirección para entrar
address-taken = Alguien quiere entrar con esta dirección de ahora en adelante, pero esta dirección ya tiene su propia cuenta. No cambia nada.
address-taken-link = Entrar
address-taken-below = Si fue usted: entre con esta dirección, o primero cierre la cuenta que la usa.
address-new = Una persona que usa Common Table quiere entrar con esta dirección de ahora en adelante.
address-new-link = Decir si la dirección es suya
address-new-below = Si no fue usted, no tiene que hacer nada: sin su «sí» no cambia nada.
address-old = Alguien pidió que, de ahora en adelante, usted entre con { $wanted } en lugar de esta dirección.
address-old-link = Decir que sí, o detenerlo
address-old-below = Si no fue usted, deténgalo y cambie su contraseña: quien lo pidió está dentro de su cuenta.
address-until = El enlace sirve durante dos días.
address-done-subject = Su cuenta tiene otra dirección
address-done-what = De ahora en adelante usted entra con { $wanted }. Los mensajes llegarán allí.
address-done-link = Entrar
address-done-below = Las dos direcciones dijeron que sí. Si usted no lo hizo, hable de inmediato con una persona de la agencia.

# Lo que se guarda en inglés no se copia aquí: el mensaje dice de qué tipo es la novedad.
notice-subject = Novedades para usted en { $agency }
notice-what =
    { $kind ->
        [answer] Hay novedades sobre la respuesta a algo que se planteó.
        [copy_called_back] Hay novedades sobre una copia que usted se llevó y que hay que borrar.
        [duty] Hay novedades sobre una tarea que se le confió a usted o que usted confió a alguien.
        [emergency_opening] Hay novedades sobre la apertura de emergencia de un registro.
        [legal_hold] Hay novedades sobre una orden legal de conservar registros.
        [lost_factors] Hay novedades sobre el segundo paso de alguien que lo perdió.
        [membership] Hay novedades sobre quién participa: usted o alguien de su lado.
        [protocol] Hay novedades sobre los protocolos de su organización o Tribu.
        [quarantine] Hay novedades sobre un archivo que se revisó en busca de virus.
        [retention] Hay novedades sobre cuánto tiempo se guardan los registros y cuáles se van a destruir.
        [sign_in_ended] Hay novedades sobre una sesión suya que se cerró.
        [sign_in_rule] Hay novedades sobre cómo se entra a Common Table en esta agencia.
        [sign_on_taken_off] Hay novedades sobre la entrada por medio de su agencia.
        [words_held] Hay novedades sobre palabras suyas, o de su organización o Tribu, que se tienen que conservar.
       *[other] Hay algo nuevo para usted.
    }
notice-link = Abrir la página
notice-below = Los detalles se leen después de entrar, nunca en un mensaje.
notice-neutral-subject = Hay algo nuevo para usted
notice-neutral-what = Hay algo nuevo que le espera.
notice-neutral-link = Entrar para leerlo

words-opened-subject = Novedades sobre sus palabras en { $agency }
words-opened-what = Se abrieron palabras suyas en una apertura de emergencia. La agencia solo puede hacerlo cuando una orden o la ley no dejan otro camino.
words-opened-neutral-subject = Hay algo nuevo para usted
words-opened-neutral-what = Hay algo nuevo que le espera en la página de su propio enlace.
words-opened-link = Ir a Common Table
words-opened-below = Abra el enlace que guardó para verlo. Si ya no lo tiene, o si ya no abre nada, pregunte a quien se lo dio.
