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
invitation-unnamed-subject = Un enlace para usted
invitation-unnamed-what = Alguien a quien usted conoce le envía un enlace. Ábralo cuando esté a solas.
invitation-unnamed-link = Abrir el enlace
invitation-until = El enlace sirve una sola vez, hasta el { $day }.
invitation-code = También necesita un código. Se lo dará la persona de la agencia que registró el documento de su organización o Tribu.
invitation-contact = Antes de decidir, puede hablar con una persona de { $agency }: { $contact }
invitation-unexpected = Si no esperaba este mensaje, no tiene que hacer nada.

session-invitee-subject = Una invitación de { $agency }
session-invitee-what = { $agency } le invita a una reunión el { $moment }.
session-invitee-neutral-subject = Una invitación para usted
session-invitee-neutral-what = Le invitan a una reunión el { $moment }. Dónde es y quién le invita lo verá detrás del enlace.
session-invitee-moved-subject = Una reunión tiene otra hora u otro lugar
session-invitee-moved-what = Una reunión a la que le invitaron tiene otra hora u otro lugar. Ahora es el { $moment }. Si ya respondió, su respuesta se conserva: diga si sigue siendo válida.
session-invitee-off-subject = Se canceló una reunión
session-invitee-off-what = Se canceló la reunión del { $moment }, a la que le invitaron.
session-invitee-link = Leerla y decir si va a venir
session-invitee-off-link = Ver qué se canceló
session-invitee-times-subject = ¿Cuándo podría venir?
session-invitee-times-what = { $agency } prepara una reunión y, antes de decidir nada, pregunta qué día y qué lugar le convienen.
session-invitee-times-neutral-what = Se prepara una reunión. Antes de decidir nada se le pregunta qué día y qué lugar le convienen.
session-invitee-times-link = Decir qué le conviene
session-invitee-until = No necesita una cuenta. El enlace muestra solo esta invitación y sirve hasta que usted responda, como máximo hasta que termine la reunión.
session-invitee-file = El archivo que viene con este mensaje pone la reunión en su calendario.
session-invitee-contact = Puede preguntar a una persona de { $agency }: { $contact }
session-invitee-unexpected = Si no sabe de qué se trata, no hay nada que tenga que hacer.

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
        [by_telephone] Alguien de la agencia escribió lo que usted dijo por teléfono.
        [consent] Hay novedades sobre lo que usted permitió hacer con sus palabras.
        [consent_by_hand] Hay alguien a quien preguntar de nuevo qué se puede hacer con sus palabras.
        [copy_called_back] Hay novedades sobre una copia que usted se llevó y que hay que borrar.
        [duty] Hay novedades sobre una tarea que se le confió a usted o que usted confió a alguien.
        [emergency_opening] Hay novedades sobre la apertura de emergencia de un registro.
        [entered] Hay novedades sobre algo que alguien escribió por otra persona.
        [hand_over] Hay novedades sobre una carta para quien sigue en una relación de trabajo.
        [legal_hold] Hay novedades sobre una orden legal de conservar registros.
        [lost_factors] Hay novedades sobre el segundo paso de alguien que lo perdió.
        [membership] Hay novedades sobre quién participa: usted o alguien de su lado.
        [meeting] Hay novedades sobre una reunión de un grupo, o un foro.
        [meeting_seat] Hay novedades sobre un puesto en un grupo.
        [minutes] Hay novedades sobre el acta de una reunión.
        [obstacle] Hay novedades sobre algo que dificulta el trabajo en común.
        [promise] Hay novedades sobre algo que se prometió, o que se le pide cumplir.
        [protocol] Hay novedades sobre los protocolos de su organización o Tribu.
        [quarantine] Hay novedades sobre un archivo que se revisó en busca de virus.
        [question_change] Hay novedades sobre lo que puede cambiar con su respuesta.
        [question_late] Hay preguntas que llevan demasiado tiempo sin respuesta.
        [question_more] Alguien sin cuenta añadió algo a lo que preguntó.
        [retention] Hay novedades sobre cuánto tiempo se guardan los registros y cuáles se van a destruir.
        [rhythm] Se acerca, o ya pasó, la fecha de una relación que usted mantiene.
        [sign_in_ended] Hay novedades sobre una sesión suya que se cerró.
        [sign_in_rule] Hay novedades sobre cómo se entra a Common Table en esta agencia.
        [sign_on_taken_off] Hay novedades sobre la entrada por medio de su agencia.
        [speaker_word] Alguien que habló en una sesión dijo si se cumplió algo que se prometió.
        [words_held] Hay novedades sobre palabras suyas, o de su organización o Tribu, que se tienen que conservar.
        [words_settled] Ya está claro qué pasó con cada copia de las palabras que usted retiró.
       *[other] Hay algo nuevo para usted.
    }
notice-link = Abrir la página
notice-below = Los detalles se leen después de entrar, nunca en un mensaje.
notice-neutral-subject = Hay algo nuevo para usted
notice-neutral-what = Hay algo nuevo que le espera.
notice-neutral-link = Entrar para leerlo

collected-all = Estas son sus novedades desde el último mensaje.
collected-first = Hay más novedades de las que caben en un mensaje. Estas son las primeras.
collected-link = Ver todas sus novedades
collected-choose = En esa página usted elige cada cuánto llegan estos mensajes y a qué horas.

words-opened-subject = Novedades sobre sus palabras en { $agency }
words-opened-what = Se abrieron palabras suyas en una apertura de emergencia. La agencia solo puede hacerlo cuando una orden o la ley no dejan otro camino.
words-opened-neutral-subject = Hay algo nuevo para usted
words-opened-neutral-what = Hay algo nuevo que le espera en la página de su propio enlace.
words-opened-link = Ir a Common Table
words-opened-below = Abra el enlace que guardó para verlo. Si ya no lo tiene, o si ya no abre nada, pregunte a quien se lo dio.

wanted-subject = Se espera su palabra en { $agency }
wanted-what = Esto espera su palabra en { $agency }; primero lo más urgente. Cada línea toma un minuto.
wanted-line =
    { $what ->
        [confirm] ¿Es esto lo que usted dijo?
        [entered] Alguien lo escribió por usted: ¿es lo que usted dijo?
        [answer] ¿Le sirve esta respuesta?
        [renewal] Lo que usted permitió se acaba: ¿puede seguir?
        [done] ¿Se hizo esto como se prometió?
        [promise] ¿Se prometió esto, tal como lo escribió la agencia?
        [goal] ¿Está de acuerdo con esta meta?
        [heir] Alguien se fue: ¿quién sigue con esto?
        [masked] Se ocultó una parte de lo que usted dijo en nombre de su organización o Tribu
        [look] Alguien le pide que vuelva a mirar un comentario oculto
        [member] ¿Pertenece esta persona a ustedes, como dice la agencia?
        [merge] ¿Son estas dos entradas la misma organización o Tribu?
        [second] Otra persona de su lado pide una segunda palabra
        [trust] Una pregunta, sin su nombre
        [part] ¿Qué puede decidir su lado, y qué no?
        [minutes] ¿Es correcta esta acta?
        [reply] Le invitaron: ¿va a venir?
        [hand_over] ¿Es correcto lo que se le dirá a quien venga después?
        [influence] Su respuesta podía cambiar algo: ¿se cumplió?
        [agenda] Se acerca una reunión: ¿de qué se debería hablar?
        [obstacle] ¿Cómo está este asunto?
        [copy] Se pide borrar una copia que usted se llevó
       *[other] Otra cosa espera su palabra
    }
wanted-signed-in = { $said } (hay que entrar para responder)
wanted-code = { $said } (por teléfono: código { $code })
wanted-telephone = Donde hay un código junto a una línea, también puede responder por teléfono: diga el código. { $contact }
wanted-link = Ver todo lo que espera
wanted-more = Esperan más cosas de las que nombra este mensaje: al entrar las ve todas.
wanted-until = Una línea que se abre sin entrar muestra una sola cosa y sirve hasta que usted responda, a más tardar hasta el { $day }. Después deja de servir, y no pasa nada.
wanted-silence = Su silencio no decide nada.
wanted-pace = Cada cuánto llega este mensaje lo elige usted después de entrar.
wanted-neutral-subject = Algo le espera
wanted-neutral-what = Algo espera su palabra. Toma un minuto.
wanted-neutral-line = Abrir lo que espera: número { $number }
wanted-neutral-link = Entrar para verlo todo

sheet-title = Sus palabras, para revisar y devolver
sheet-what = Usted dijo esto en una reunión el { $day }. Nadie lo lee antes de que usted diga quién puede leerlo.
sheet-how = Marque lo que está bien y escriba al lado lo que debe cambiar. No tiene que llenarlo todo.
sheet-until = Se lo preguntamos hasta el { $day }.
sheet-silence = Si no dice nada, no pasa nada: nadie lee sus palabras.
sheet-yes = Estas son mis palabras
sheet-change = Quiero cambiarlas, como escribo abajo
sheet-strike = No las guarden
sheet-add = Lo que quiero agregar, con mis propias palabras:
sheet-who = ¿Quién puede leerlas?
sheet-author = Solo yo
sheet-body = Mi organización o Tribu
sheet-leadership = Mi organización o Tribu, si hablo como parte de ella, y la dirección de la agencia
sheet-agency = Las mismas personas, y el personal y los analistas de la agencia
sheet-partnership = Todas las personas que colaboran aquí
sheet-public = Cualquier persona
sheet-shown = ¿Cómo pueden ver los lectores quién habló?
sheet-named = Con mi nombre, que es:
sheet-role = Como dice mi tarjeta, sin mi nombre
sheet-community = Solo por mi comunidad
sheet-anonymous = Sin ninguna señal de quién habló
sheet-uses = ¿Qué más se puede hacer con las palabras? Lo que no se marca no se permite.
sheet-quoted = Se pueden citar donde se trabaja con lo que se escuchó
sheet-exported = Pueden estar en tablas que sacan los analistas
sheet-published = Pueden estar en informes públicos
sheet-research = Se pueden usar para investigación
sheet-later = Puede cambiar todo esto, y retirar sus palabras, cualquier día y sin dar razones.
sheet-contact = Una persona con quien hablar: { $contact }
sheet-hand = Devuelva esta hoja a la persona que se la trajo, o de la manera que acordó con ella.

card-title = Tarjeta de consentimiento
card-pass = Puede no responder, parar o irse en cualquier momento.
card-what = ¿Qué se puede escribir?
card-without-name = Escriban mis palabras sin mi nombre
card-with-name = Escriban mis palabras con mi nombre
card-do-not-write = No escriban nada
card-allows = Con las palabras se puede: { $uses }. Nada más.
card-uses = { $most } y { $last }
card-nothing = No se escribe nada de lo que se dice.
card-kept = guardarlas en las notas
card-quoted = citarlas donde se trabaja con lo que se escuchó
card-named = mostrarlas con el nombre
card-exported = ponerlas en tablas que se llevan los analistas
card-published = ponerlas en informes públicos
card-research = usarlas para investigación
card-later = Usted lee lo que se escribió antes que nadie, y puede cambiarlo, retirarlo, o permitir más o menos, en cualquier momento.
card-shown = ¿Cómo quiere que se le nombre?
card-such = Por ejemplo: una abuela, los pueblos de la sierra.
card-name = Su nombre, solo si se puede mostrar:
card-body = Su organización o tribu, solo si habla como parte de su gente:
card-reached = ¿Cómo podemos comunicarnos con usted sobre sus palabras, y sobre nada más?
card-not-at-all = de ninguna manera
card-telephone = por teléfono
card-text = mensaje de texto
card-email = correo electrónico
card-letter = carta
card-through = por medio de una persona de confianza
card-in-person = solo en persona
card-place = Número, dirección o persona:
card-hours = A qué horas:
card-message = se puede dejar un mensaje
card-agency = el mensaje puede nombrar a la agencia
card-young = Menores de 18 años
card-consented = Quién dio el consentimiento, y cómo:

# En el teléfono propio de quien habla.
own-title = Su tarjeta de consentimiento
own-lede = Toma más o menos un minuto. Hasta que responda no se escribe nada de lo que usted diga. Lo que no diga vale como «no».
own-language = ¿En qué idioma?
own-who = Quién puede leer esto.
own-readers = Esta tarjeta la pueden leer quienes le escuchan aquí, y usted. La manera en que quiere que se le nombre está junto a sus palabras dondequiera que se puedan leer.
own-nobody = Escriba de manera que no se pueda reconocer a ningún niño ni a ninguna familia.
own-hotline = Este no es el lugar para denunciar maltrato o descuido: llame al { $hotline }.
own-shown = ¿Cómo quiere que se le nombre?
own-such = Por ejemplo: una abuela, los pueblos de la sierra. Nada por lo que se le pueda reconocer.
own-name = Su nombre, solo si se puede mostrar
own-name-hint = Se guarda solo con «Escriban mis palabras con mi nombre».
own-community = Su comunidad
own-empty = Puede quedar vacío.
own-young = Tengo menos de 18 años
own-young-hint = Entonces alguien llena la tarjeta con usted.
own-reached = ¿Cómo podemos comunicarnos con usted?
own-reached-hint = Para leerle lo que se escribió, y para nada más.
own-not-at-all = De ninguna manera
own-telephone = Por teléfono
own-text = Por mensaje de texto
own-email = Por correo electrónico
own-letter = Por carta
own-through = Por medio de una persona que usted nombra
own-in-person = Solo en persona
own-at = Número o dirección
own-hours = ¿A qué horas?
own-hours-hint = Por ejemplo: entre semana, después de las 5 de la tarde.
own-person = ¿O por medio de qué persona?
own-person-hint = Alguien a quien usted nombra y en quien confía.
own-message = Se puede dejar un mensaje
own-agency = El mensaje puede nombrar a la agencia
own-send = Esta es mi tarjeta
own-leave = Salir de esta página de inmediato
own-problem = Hay un problema
own-no-card = Elija qué se puede escribir
own-no-label = Escriba cómo quiere que se le nombre, por ejemplo: una abuela, los pueblos de la sierra
own-no-name = Escriba su nombre: su tarjeta dice que se puede mostrar
own-is-young = Devuelva esto a quien se lo mostró: si usted tiene menos de 18 años, esa persona llena la tarjeta con usted
own-no-at = Escriba el número o la dirección
own-no-person = Escriba quién es la persona que usted nombra
own-no-choice = Elija una opción de la lista
own-too-long = Acorte esto a { $most } caracteres; ahora tiene { $length }
own-no-number = Quite el número de Seguro Social: nada de lo que está aquí puede identificar a un niño o a una familia
own-no-birth = Quite la fecha de nacimiento: nada de lo que está aquí puede identificar a un niño o a una familia
own-no-file = Quite el número de expediente: nada de lo que está aquí puede identificar a un niño o a una familia
own-filled = Esta tarjeta ya está llena. Diga a quienes le escuchan qué debe cambiar

ask-title = Preguntar algo a la agencia
ask-lede = Una pregunta, algo que le preocupa o una idea. No necesita cuenta y nadie pregunta quién es usted. Le llevará unos minutos.
ask-skip = Ir al contenido
ask-problem = Hay algo que corregir
ask-exit = Salir rápido de esta página
ask-no-emergency = Esto no es para emergencias.
ask-emergency = Puede que nadie lo lea hoy. Si alguien está en peligro ahora, llame al 911. Si necesita hablar con alguien, llame o mande un mensaje de texto al 988.
ask-hotline = Para denunciar maltrato o descuido de un niño o una niña, llame a la línea:
ask-what-happens = Qué pasa con lo que escribe
ask-happens-nobody = No se guarda con ello ningún nombre, ninguna dirección y ninguna red. Lo que escribe puede decir quién es usted: si no lo desea, deje fuera lo que solo usted sabría.
ask-happens-days = Alguien de la agencia dice que se recibió y después responde, en los plazos que usted verá. Si la agencia se retrasa, se avisa a la dirección.
ask-happens-code = Al enviarlo recibe un código de regreso. Es el único camino de vuelta: con él lee la respuesta, añade algo o lo retira todo.
ask-happens-close = Solo usted dice si la respuesta le sirve. Si no le sirve, la devuelve.
ask-kind = ¿Qué es?
ask-question = Una pregunta
ask-concern = Algo que me preocupa
ask-idea = Una idea
ask-about = ¿De qué comunidad u organización se trata, si es de alguna? (opcional)
ask-about-hint = Con sus propias palabras. Sin nombres de personas.
ask-readers = ¿Quién puede leerlo?
ask-readers-hint = La respuesta la lee usted con su código, y está donde ellos la leen.
ask-directors = Solo la dirección de la agencia
ask-agency = La dirección, el personal y los analistas de la agencia
ask-who-reads = Quién puede leer esto.
ask-who-reads-words = Las personas que usted elige aquí y nadie más de la agencia. Los analistas también pueden sacarlo en una tabla.
ask-nobody-known = Escriba de modo que no se reconozca a ningún niño ni a ninguna familia.
ask-not-here = Este no es el lugar para denunciar maltrato o descuido: llame al
ask-words = Con sus palabras
ask-words-hint = Bastan unas frases. No tiene que contarlo todo.
ask-empty = Deje esto vacío
ask-send = Enviar
ask-have-code = Tengo un código de regreso
ask-sent = Enviado. Este es su código de regreso
ask-sent-lede = Escríbalo ahora o imprima esta página. Se muestra solo esta vez, y nadie de la agencia puede volver a encontrarlo.
ask-sent-keep = Quien tenga este código puede leer lo que usted preguntó. Guárdelo donde no lo encuentre nadie en quien no confíe.
ask-sent-paper = Puede escribirlo con guiones o sin ellos, en mayúsculas o minúsculas.
ask-sent-over = El código ya se mostró
ask-sent-over-lede = El código de regreso se muestra una sola vez, justo después de enviar. Si lo anotó, puede volver con él. Si no, pregunte de nuevo: nadie puede encontrar el anterior.
ask-back = Volver con su código
ask-back-lede = Vea si se recibió y qué respondió la agencia, y diga si eso le sirve.
ask-code = Su código de regreso
ask-code-hint = Veinte letras y números, como K7QM-3XPA-9TCV-R2WH-6BND.
ask-open = Abrir
ask-anew = Preguntar algo nuevo
ask-hour = Este navegador recuerda el código durante una hora, para que pueda leer y escribir. «Salir rápido de esta página» lo olvida al momento.
ask-yours = Lo que usted preguntó
ask-you = usted
ask-about-said = Sobre:
ask-state = Cómo va
ask-received-by = Sabrá que se recibió a más tardar el
ask-answer-by = Tendrá una respuesta a más tardar el
ask-handed = Con retraso: pasó a la dirección el
ask-answered = La agencia respondió
ask-because = Porque:
ask-together = Varias personas plantearon lo mismo, y cada una recibió esta respuesta.
ask-does-it = ¿Le sirve esta respuesta?
ask-yes = Sí, me sirve
ask-not-yet = Todavía no
ask-why = Si todavía no: ¿qué falta?
ask-say = Enviar mi palabra
ask-again = Abrirlo de nuevo
ask-again-why = ¿Qué falta?
ask-again-send = Abrir de nuevo
ask-no-hurry = Si no hace nada, no pasa nada: queda abierto y espera su palabra.
ask-more = Añadir algo
ask-more-hint = Quedará junto a lo que escribió. No tiene que añadir nada.
ask-more-send = Añadir
ask-history = Lo que pasó
ask-take-back = Retirarlo
ask-take-back-title = ¿Retirar esto?
ask-take-back-what = Sus palabras, la respuesta y las palabras del historial se borran al momento. Queda una marca de que aquí hubo algo. Las copias de seguridad guardan las palabras hasta que vencen; si antes se ordenó conservar registros, quedan selladas hasta que termine la orden y nadie las lee mientras tanto. No se puede deshacer.
ask-take-back-send = Retirar
ask-stay = Volver
ask-taken-back = Usted retiró esto. Sus palabras ya no están.
ask-destroyed = El plazo de conservación de la agencia terminó. Las palabras ya no están.
ask-sealed = Una orden legal anterior mantiene selladas las palabras. Nadie las lee aquí, y se destruyen cuando termine.
ask-copies = Adónde habían ido las palabras
ask-contact = Hable con una persona:
ask-foot = Aquí nadie tiene que decir quién es.
ask-done-closed = Cerrado, por su palabra
ask-done-open = Abierto de nuevo; la agencia lee por qué
ask-done-added = Añadido
ask-done-gone = Retirado; sus palabras ya no están
ask-state-raised = enviado, todavía sin respuesta
ask-state-reopened = abierto de nuevo, sin nueva respuesta
ask-state-acknowledged = recibido, sin respuesta todavía
ask-state-answered = respondido; espera su palabra
ask-state-closed = cerrado por usted
ask-state-withdrawn = retirado
ask-answer-done = hecho
ask-answer-will = lo haremos, a más tardar el { $day }
ask-answer-not-possible = no es posible
ask-did-raised = Usted lo envió
ask-did-acknowledged = La agencia lo recibió
ask-did-answered = La agencia envió una respuesta
ask-did-closed = Usted lo cerró
ask-did-reopened = Usted lo abrió de nuevo
ask-did-added = Usted añadió algo
ask-did-taken-back = Usted lo retiró
ask-mend-kind = Elija qué es
ask-mend-words = Escriba lo que quiere preguntar o decir
ask-mend-audience = Elija quién puede leerlo
ask-mend-website = Deje vacío el campo que las personas no ven: quizá lo llenó un programa
ask-mend-seed = Envíelo otra vez: esta página era muy antigua o llegó dos veces
ask-mend-long = Acórtelo: es más largo de lo que cabe
ask-mend-known = Quite el número o la fecha que podría decir quién es un niño o una familia
ask-mend-no-code = Escriba su código de regreso
ask-mend-code = Este código no abre nada aquí. Mire si cada signo es correcto y si es la agencia a la que preguntó
ask-mend-word = Elija una de las dos
ask-mend-why = Escriba qué falta
ask-mend-more = Escriba lo que quiere añadir
ask-mend-enough = Pregunte algo nuevo: a esto ya se añadió bastante
ask-mend-many = Hable con una persona o vuelva mañana: hoy se envió más de lo que la gente puede leer
