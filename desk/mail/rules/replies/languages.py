"""The words by which mail clients begin a quotation, in the languages of the firm's correspondents."""

FROM = {
    "afzender", "da", "de", "expéditeur", "feladó", "fra", "from", "från", "gönderen", "kimden", "lähettäjä",
    "message du", "nadawca", "od", "remitente", "từ", "van", "von", "από", "від", "от", "مِن", "发件人", "发信人",
    "寄件人", "寄件者", "差出人", "来自", "發件人", "送信者", "보낸 사람", "보낸사람",
}  # fmt: skip
OTHERS = {
    "a", "aan", "an", "antwort an", "antworten an", "attachments", "bcc", "cc", "copie", "copie à", "címzett", "data",
    "data de envio", "date", "date d'envoi", "dato", "datum", "do", "elküldve", "enviada em", "enviado", "enviado el",
    "enviado em", "envoyé", "envoyé le", "fecha", "gesendet", "gönderildi", "importance", "inviato", "kime", "komu",
    "kopi", "kopia", "kopie", "lähetetty", "odesláno", "organization", "para", "per", "pour", "päiväys", "reply to",
    "reply-to", "risposta", "répondre à", "sendt", "sent", "skickat", "tarih", "til", "till", "to", "vastaanottaja",
    "verzonden", "verzonden op", "wichtigkeit", "wysłane", "wysłano", "à", "дата", "кому", "копия", "надіслано",
    "отправлено", "傳送時間", "副本", "发件时间", "发自", "发送日期", "发送时间", "回复", "回复地址", "宛先",
    "寄件日期", "密送", "抄送", "抄送人", "收件人", "收件者", "收信人", "日付", "日期", "时间", "発信日時",
    "發送日期", "送信日時", "重要性", "附件", "날짜", "받는 사람", "받는사람", "보낸 날짜", "보낸날짜", "참조",
}  # fmt: skip
SUBJECTS = {
    "aihe", "assunto", "asunto", "betreff", "emne", "konu", "objet", "oggetto", "onderwerp", "předmět", "subject",
    "sujet", "temat", "tárgy", "ämne", "тема", "主旨", "主题", "件名", "标题", "제목",
}  # fmt: skip
ORIGINAL = (
    "original message", "original", "original mail", "forwarded message", "replied message", "forwarded mail",
    "forwarded by", "reply message", "message d'origine", "message original", "message transféré", "message initial",
    "ursprüngliche nachricht", "originalnachricht", "original-nachricht", "weitergeleitete nachricht",
    "messaggio originale", "messaggio inoltrato", "mensaje original", "mensaje reenviado", "mensagem original",
    "mensagem encaminhada", "mensagem reencaminhada", "oorspronkelijk bericht", "doorgestuurd bericht",
    "originalmeddelande", "ursprungligt meddelande", "vidarebefordrat meddelande", "oprindelig besked",
    "oprindelig meddelelse", "videresendt besked", "videresendt meddelelse", "opprinnelig melding",
    "alkuperäinen viesti", "välitetty viesti", "исходное сообщение", "пересылаемое сообщение",
    "пересланное сообщение", "оригінальне повідомлення", "oryginalna wiadomość", "wiadomość oryginalna",
    "wiadomość przekazana", "původní zpráva", "eredeti üzenet", "orijinal mesaj", "özgün ileti", "原始邮件",
    "原始邮件信息", "邮件原件", "邮件原文", "原邮件", "回复的原邮件", "回复的邮件", "转发的邮件", "转发的原邮件",
    "转发邮件信息", "转发邮件", "被转发邮件", "原文", "原始郵件", "原始信件", "轉寄郵件", "轉寄的郵件", "轉寄的信件",
    "轉寄訊息", "元のメッセージ", "転送メッセージ", "原始訊息", "원본 메시지", "원본 메일", "전달된 메시지",
    "original-mail", "引用邮件", "原消息",
)  # fmt: skip
FORWARDED = (
    "forward", "transféré", "réexpédié", "weitergeleitet", "inoltrat", "reenviad", "encaminhada", "doorgestuurd",
    "vidarebefordra", "videresend", "välitetty", "пересыл", "переслан", "przekazan", "转发", "轉寄", "転送", "전달",
)  # fmt: skip
BEGIN = (
    "begin forwarded message:", "anfang der weitergeleiteten nachricht:", "début du message réexpédié",
    "début du message transféré", "inicio del mensaje reenviado:", "inizio messaggio inoltrato:",
    "begin doorgestuurd bericht:", "vidarebefordrat brev:", "início da mensagem reencaminhada:", "开始转发的邮件",
    "开始转发邮件", "下面是被转发的邮件", "開始轉寄郵件", "開始轉寄的郵件", "以下は転送されたメッセージです",
    "начало переадресованного", "start på videresendt", "początek przekazywanej", "전달된 메시지 시작",
)  # fmt: skip
WROTE = (
    "wrote", "writes", "said", "a écrit", "schrieb", "escribió", "escreveu", "ha scritto", "scrive", "schreef",
    "geschreven", "skrev", "skreiv", "kirjoitti", "napisał", "napisała", "napisał(a)", "napsal", "napsal(a)",
    "написал", "написала", "написал(а)", "пишет", "пише", "написав", "írta", "yazdı", "şunları yazdı", "写道", "寫道",
    "写到", "書きました", "のメール", "작성", "님이 작성", "escribio", "skrifaði", "a scris", "je napisao", "έγραψε",
    "đã viết", "menulis", "來信", "来信",
)  # fmt: skip
DEVICES = (
    "sent from my ", "sent from ", "sent via ", "sent with ", "from my iphone", "from my ipad", "get outlook for",
    "get [outlook for", "sent by ", "envoyé depuis ", "envoyé à partir ", "envoyé de mon ", "envoyé d'un ",
    "obtenir outlook", "obtenez outlook", "gesendet von ", "gesendet mit ", "von meinem ",
    "diese nachricht wurde von ", "outlook für ", "holen sie sich outlook", "enviado desde ", "enviado do ",
    "enviado de ", "enviado a partir ", "obtener outlook", "inviato da ", "inviata da ", "ottieni outlook",
    "verzonden vanaf ", "verzonden met ", "verstuurd vanaf ", "skickat från ", "sendt fra ", "sendt via ",
    "lähetetty ", "wysłano z ", "wysłane z ", "отправлено с ", "отправлено из ", "надіслано з ", "odesláno z",
    "iphoneから送信", "ipadから送信", "나의 iphone에서", "iphone에서 보냄", "发自我的", "从我的", "從我的", "发送自",
    "发自", "來自我的", "来自我的", "发自网易", "发自钉钉", "发自企业微信", "from mobile", "someone from mobile",
    "von unterwegs gesendet", "mit freundlichen grüßen von meinem",
)  # fmt: skip
CLOSINGS = (
    "regards", "best regards", "kind regards", "warm regards", "cheers", "sincerely", "best", "yours sincerely",
    "many thanks", "mit freundlichen grüßen", "viele grüße", "cordialement", "bien cordialement", "saludos",
    "cordiali saluti", "atenciosamente", "met vriendelijke groet", "с уважением", "此致", "此致敬礼", "祝好",
    "顺颂商祺", "以上",
)  # fmt: skip
GREETINGS = (
    "hi", "hello", "hallo", "dear", "bonjour", "hola", "ciao", "hey", "您好", "你好", "尊敬的", "guten tag",
    "здравствуйте",
)  # fmt: skip
