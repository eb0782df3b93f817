"""What the firm of the benchmark is made of: departments, services, names, and what people write. (Chinese, English)"""

DEPARTMENTS = (
    ("finance", "财务部", "Finance"),
    ("it", "信息技术部", "IT"),
    ("hr", "人力资源部", "People"),
    ("office", "行政部", "Office"),
    ("legal", "法务部", "Legal"),
    ("purchasing", "采购部", "Purchasing"),
    ("sales", "销售部", "Sales"),
    ("marketing", "市场部", "Marketing"),
    ("support", "客户服务部", "Customer Support"),
    ("production", "生产部", "Production"),
    ("quality", "质量部", "Quality"),
    ("logistics", "物流部", "Logistics"),
    ("warehouse", "仓储部", "Warehouse"),
    ("research", "研发部", "Research"),
    ("product", "产品部", "Product"),
    ("design", "设计部", "Design"),
    ("security", "信息安全部", "Security"),
    ("facilities", "设施部", "Facilities"),
    ("training", "培训部", "Training"),
    ("audit", "内审部", "Audit"),
)
SERVICES = (  # three of each department, in the same order
    (("报销", "Reimbursement"), ("借款与预支", "Advance payment"), ("开票", "Invoice")),
    (("换电脑", "New computer"), ("账号与权限", "Account and access"), ("网络与远程", "Network and VPN")),
    (("在职证明", "Employment letter"), ("入职与转正", "Joining"), ("考勤更正", "Attendance correction")),
    (("其他事项", "Anything else"), ("会议室", "Meeting room"), ("名片与印章", "Cards and seals")),
    (("合同审核", "Contract review"), ("授权委托", "Power of attorney"), ("纠纷咨询", "Dispute")),
    (("采购申请", "Purchase"), ("供应商准入", "New supplier"), ("到货异常", "Delivery problem")),
    (("报价支持", "Quotation"), ("客户资料", "Customer record"), ("样品申请", "Samples")),
    (("活动物料", "Event material"), ("品牌素材", "Brand assets"), ("新闻稿", "Press release")),
    (("客诉升级", "Complaint"), ("退换货", "Return"), ("回访安排", "Follow-up call")),
    (("排产变更", "Schedule change"), ("设备报修", "Machine repair"), ("工装借用", "Tooling")),
    (("来料检验", "Incoming inspection"), ("不合格品", "Nonconformity"), ("检测报告", "Test report")),
    (("发货安排", "Shipping"), ("运费核对", "Freight check"), ("报关资料", "Customs papers")),
    (("出入库", "Stock movement"), ("盘点差异", "Stock difference"), ("库位调整", "Storage place")),
    (("技术支持", "Technical help"), ("测试环境", "Test environment"), ("资料查询", "Documents")),
    (("需求登记", "Feature wish"), ("版本说明", "Release notes"), ("价格规则", "Price rules")),
    (("海报设计", "Poster"), ("包装修改", "Packaging"), ("演示文稿", "Slides")),
    (("可疑邮件", "Suspicious mail"), ("漏洞上报", "Security hole"), ("外设授权", "USB permission")),
    (("空调与照明", "Air and light"), ("门禁", "Door access"), ("工位调整", "Desk move")),
    (("课程报名", "Course"), ("讲师邀请", "Speaker"), ("证书补办", "Certificate")),
    (("流程咨询", "Process question"), ("整改复核", "Review of measures"), ("资料调阅", "Files")),
)
FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜"
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文斌慧玲志红海燕晨宇欣怡子涵浩然雨桐思远嘉诚梦琪俊辉晓东雪梅"
)
FOREIGN = ("Anna", "Ben", "Clara", "David", "Elena", "Felix", "Grace", "Henry", "Ines", "James", "Karin", "Lucas")
FAMILY_ABROAD = ("Becker", "Clarke", "Dubois", "Evans", "Fischer", "Garcia", "Hughes", "Jansen", "Keller", "Lopez")

TITLES = (
    ("{thing}被退回，请帮忙看一下原因", "{thing} was sent back, please tell me why"),
    ("{thing}一直没有进展", "No progress with {thing}"),
    ("请教{thing}需要准备哪些材料", "What do I need for {thing}?"),
    ("{thing}急用，今天下班前能否处理", "{thing} needed before the end of today"),
    ("关于{thing}的两个问题", "Two questions about {thing}"),
    ("{thing}：信息填错了想更正", "{thing}: I typed something wrong"),
    ("新同事的{thing}", "{thing} for a new colleague"),
    ("{thing}系统里查不到记录", "{thing} cannot be found in the system"),
)
ASKING = (
    (
        "上周提交的申请到现在还没有结果，系统里显示已经退回，但没有写原因。",
        "I filed this last week. The system says it was sent back, but it does not say why.",
    ),
    (
        "附件里是当时的单据和审批截图，金额和事由都写清楚了，请帮忙核对一下。",
        "The receipts and the approval are attached, with the amount and the reason. Could you check them, please?",
    ),
    (
        "客户那边在催，我们需要在本周内给出答复，所以希望今天能有一个明确的说法。",
        "The customer is waiting for our answer this week, so a clear word today would help a lot.",
    ),
    (
        "之前联系过一位同事，说需要部门主管再确认一次，主管已经口头同意了。",
        "A colleague told me that my head has to confirm again; she has agreed in person meanwhile.",
    ),
    (
        "如果材料还缺什么，请一次告诉我，我好一起补齐，免得来回跑。",
        "If anything is missing please tell me everything at once, so that I can hand it in together.",
    ),
    (
        "我这几天在外地出差，电话不一定接得到，请在这里回复。",
        "I am travelling these days and hard to reach by phone; please answer here.",
    ),
    ("另外想确认一下，这类事情以后应该走哪个流程？", "And one more thing: which way should such cases go in future?"),
    ("谢谢，麻烦您了。", "Thank you for your help."),
)
ANSWERS = (
    ("您好，已经收到，我先核对一下记录。", "Hello, we have got it and are checking the records first."),
    (
        "退回的原因是事由一栏没有写明项目编号，补上以后可以直接重新提交，不需要再走一遍审批。",
        "It came back because the project number was missing. Add it and file again; no new approval is needed.",
    ),
    (
        "我和经办同事确认过了，材料是齐的，卡在系统同步上，今天下午会人工处理。",
        "I have asked the colleague in charge: the papers are complete, the sync got stuck; we do it by hand today.",
    ),
    (
        "这件事需要先由您所在部门的主管确认预算，确认之后我们当天就能办。",
        "Your department's head has to confirm the budget first; once that is done we can do it the same day.",
    ),
    ("已经处理好了，您刷新一下页面应该就能看到。", "Done. Please reload the page, you should see it now."),
    (
        "抱歉让您久等，这是我们的疏忽，下次会提前告诉您。",
        "Sorry that you had to wait, that was our mistake; next time we tell you in advance.",
    ),
    ("明天上午十点前给您最终答复。", "You will have the final answer by ten tomorrow morning."),
)
MESSAGES = (
    ("好的，明白了，我补一下材料。", "I see, I will add the papers."),
    (
        "项目编号是 {n}，已经写在附件里，请再看一下。",
        "The project number is {n}, it is in the attachment. Please have another look.",
    ),
    (
        "刚才又试了一次，还是同样的提示，截图发在这里了。",
        "I have just tried once more and got the same message, see the picture.",
    ),
    ("请问今天还来得及吗？客户在等我们的答复。", "Is there a chance that it works today? The customer is waiting."),
    ("主管已经在系统里确认了，您那边能看到吗？", "My head has confirmed it in the system. Can you see it?"),
)
NOTES = (
    (
        "和系统供应商确认过，属于已知问题，下个版本修复。",
        "The vendor says it is known and will be fixed in the next version.",
    ),
    (
        "这位同事上个月也遇到过一次，建议我们把说明写到表单里。",
        "Same person, same trouble last month: the form should explain it.",
    ),
    (
        "金额超过授权，已经请主管看过，可以继续。",
        "The amount is above our limit; the head has looked at it, we may go on.",
    ),
    ("等采购那边的单号，最晚明天中午。", "Waiting for the number from purchasing, by tomorrow noon at the latest."),
)
QUESTIONS = (
    (
        "请问单据的日期是哪一天？发票抬头是否用的公司全称？",
        "What is the date of the receipt, and does it carry the full company name?",
    ),
    ("为了不耽误您，请补充项目编号和预算部门。", "To go on we need the project number and whose budget it is."),
)
OUTCOMES = (
    (
        "已核对并重新入账，款项将在三个工作日内到账。",
        "Checked and booked again; the money arrives within three working days.",
    ),
    ("问题已解决，并已更新说明文档。", "Solved, and the instructions are up to date."),
    ("材料已补齐，申请通过。", "The papers are complete and the request is approved."),
)
DECLINES = (
    (
        "这一项不在报销范围内，依据是差旅制度第六条；可以改走部门活动经费。",
        "Section 6 of the travel rules leaves this out; the team budget can cover it.",
    ),
    ("重复提交，已在另一件请求中处理。", "A duplicate: it is being dealt with in another request."),
)
HANDOVERS = (
    ("需要由贵部门先确认预算", "Your budget confirmation is needed first"),
    ("问题出在系统权限，不在单据", "The trouble is the permission, not the paper"),
)
SENTENCES = ("涉及个人薪酬数据", "Contains personal pay data", "谈判尚未结束", "The negotiation is still going on")
