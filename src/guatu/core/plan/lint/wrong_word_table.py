"""Words that are often mistyped or misread in official writing, with the right word.

General knowledge of the written language (proofreaders' lists: homophones that input methods offer, characters that
look alike); no entry comes from a particular document. An entry stands only where its characters make no other word;
where they can meet by chance at the seam of two words, `Context` says beside what they are right.
"""

import msgspec


class Context(msgspec.Struct, frozen=True):
    """The right word, and the neighbours beside which the entry is no mistake."""

    right: str
    before: str = ""
    """Characters before the entry that make it right."""
    after: str = ""
    """Characters behind the entry that make it right."""


_PLAIN = """
按装:安装 再接再励:再接再厉 再接再历:再接再厉 一股作气:一鼓作气 迫不急待:迫不及待 按步就班:按部就班 穿流不息:川流不息
一愁莫展:一筹莫展 墨守陈规:墨守成规 默守成规:墨守成规 因地治宜:因地制宜 因地至宜:因地制宜 因地制谊:因地制宜 因地施宜:因地制宜
坚苦奋斗:艰苦奋斗 坚巨:艰巨 陪训:培训 发辉:发挥 发恢:发挥 幅射:辐射 福射:辐射 凑效:奏效 松驰:松弛 渲传:宣传 脉博:脉搏 编篡:编纂
克不容缓:刻不容缓 刻不容援:刻不容缓 责无旁待:责无旁贷 全力以付:全力以赴 全力已赴:全力以赴 防碍:妨碍 防患未燃:防患未然 暴光:曝光
签定:签订 摩范:模范 名列前矛:名列前茅 名符其实:名副其实 融汇贯通:融会贯通 综和:综合 协凋:协调 协掉:协调 气慨:气概 清彻:清澈 渡假:度假
遗撼:遗憾 元霄:元宵 勾通:沟通 贯测:贯彻 贯切:贯彻 惯彻:贯彻 领异:领导 俱备:具备 俱体:具体 负贵:负责 街到办:街道办 城填:城镇 乡填:乡镇
环镜:环境 环竟:环境 检侧:检测 监侧:监测 预侧:预测 评古:评估 奖厉:奖励 激厉:激励 鼓厉:鼓励 挂勾:挂钩 农做物:农作物 连贷责任:连带责任
立既:立即 随既:随即 群策群立:群策群力 齐抓公管:齐抓共管 各施其职:各司其职 循序见进:循序渐进 循序渐近:循序渐进 行之有校:行之有效
实是求是:实事求是 事实求是:实事求是 与时具进:与时俱进 与时惧进:与时俱进 真抓实于:真抓实干 攻艰:攻坚 攻坚克艰:攻坚克难 攻间克难:攻坚克难
脚塌实地:脚踏实地 励精图志:励精图治 众志成成:众志成城 凝心聚立:凝心聚力 统筹谦顾:统筹兼顾 统愁:统筹 落到实出:落到实处 落到时处:落到实处
补齐短版:补齐短板 短扳:短板 提纲契领:提纲挈领 提钢挈领:提纲挈领 精准失策:精准施策 因村失策:因村施策 分类失策:分类施策 常抓不泄:常抓不懈
坚持不泄:坚持不懈 必竟:毕竟 究竞:究竟 通迅:通讯 迅问:询问 座无需席:座无虚席 凌驾与:凌驾于 重耍:重要 需耍:需要 主耍:主要 耍求:要求
脱贫功坚:脱贫攻坚 巩古:巩固 巩周:巩固 夯基磊台:夯基垒台 沉疴固疾:沉疴痼疾 撒销:撤销 报批搞:报批稿 送审搞:送审稿 征求意见搞:征求意见稿
蔬通:疏通 疏菜:蔬菜 弧立:孤立 弧寡:孤寡 舆惰:舆情 户藉:户籍 书藉:书籍 学藉:学籍 国藉:国籍 党藉:党籍 种殖:种植 价植:价值 恢覆:恢复
覆盖帅:覆盖率 勤政连洁:勤政廉洁 帮抚:帮扶 邦扶:帮扶 扶恤:抚恤 抚持:扶持 辩认:辨认 分辩率:分辨率 辨论:辩论 答辨:答辩 偿试:尝试 克苦:刻苦
篷勃:蓬勃 吊消:吊销 消毁:销毁 消售:销售 凤险:风险 士壤:土壤 恰谈:洽谈 接恰:接洽 沏底:彻底 澈底:彻底 措旋:措施 措拖:措施 实旋:实施 实拖:实施
荼叶:茶叶 荼园:茶园 荼农:茶农 祟尚:崇尚 推祟:推崇 晴况:情况 迁徒:迁徙 檀自:擅自 亨受:享受 分亨:分享 共亨:共享 兔费:免费 避兔:避免 减兔:减免
缀学:辍学 寄缩制:寄宿制 瞻养:赡养 决义:决议 协义:协议 屡行:履行 覆行:履行 承但:承担 追纠:追究 研纠:研究 齐头并近:齐头并进 体质机制:体制机制
绩校:绩效 防讯:防汛 通汛:通讯 抗早:抗旱 早情:旱情 早灾:旱灾 早涝:旱涝 早厕:旱厕 秸杆:秸秆 桔杆:秸秆 桔秆:秸秆 垃级:垃圾 垃极:垃圾
蓄禽:畜禽 蓄牧:畜牧 牲蓄:牲畜 灌概:灌溉 凉晒:晾晒 合谐:和谐 稳订:稳定 招聘启示:招聘启事 招生启示:招生启事 建立建全:建立健全
建全机制:健全机制 建全制度:健全制度 建全体系:健全体系 建全完善:健全完善 建全组织:健全组织 建全长效:健全长效 即然:既然 若千:若干 骨千:骨干
主千道:主干道 千旱:干旱 白然:自然 白治区:自治区 安微:安徽 微章:徽章 徽信:微信 双嬴:双赢 共嬴:共赢 派遗:派遣 遣留:遗留 遣产:遗产 供暧:供暖
取暧:取暖 温暧:温暖 材民:村民 材庄:村庄 整冶:整治 冶理:治理 治炼:冶炼 防冶:防治 政冶:政治 法冶:法治 自冶:自治 综冶:综治 拔付:拨付 拔款:拨款
划拔:划拨 调拔:调拨 选拨:选拔 海拨:海拔 贷币:货币 气侯:气候 时侯:时候 等侯:等候 辐度:幅度 折迁:拆迁 竖持:坚持 竖决:坚决 竖定:坚定 卫戌:卫戍
自已的:自己的 尚末:尚未 年未前:年末前 水力局:水利局 彩取:采取 工怍:工作 自下以上:自下而上 自上以下:自上而下 错施:措施 措失:措施 统酬:统筹 项木:项目 布门:部门 领到小组:领导小组
组织领到:组织领导 妥普:妥善 慈普:慈善 博土:博士 平方末:平方米 立方末:立方米 逐顶:逐项 各顶:各项 事顶:事项 专顶:专项 顶目:项目 一顶一顶:一项一项 没立:设立 没置:设置 牛态:生态 卫牛:卫生
"""
_ENDS_OF_TIME = "周月年季期度旬世朝"
"""年度末完成, 月末达到: the end of a time stands before what is done then."""
_IN_CONTEXT = {
    "布署": Context("部署", after="名"),
    "布暑": Context("部署", after="期假"),
    "部暑": Context("部署", after="期假"),
    "充份": Context("充分", after="额数"),
    "部份": Context("部分", after="额数"),
    "水份": Context("水分", after="额"),
    "过份": Context("过分", before="超通经", after="额"),
    "防犯": Context("防范", after="罪人"),
    "既便": Context("即便", after="民于利捷宜"),
    "以经": Context("已经", after="济营典验费贸纪"),
    "一但": Context("一旦", before="统惟唯单专同第之"),
    "竟争": Context("竞争", before="究毕"),
    "竟赛": Context("竞赛", before="究毕"),
    "竟聘": Context("竞聘", before="究毕"),
    "竟价": Context("竞价", before="究毕"),
    "竟岗": Context("竞岗", before="究毕"),
    "供给测": Context("供给侧", after="算试评量"),
    "关健": Context("关键", before="有相", after="康全身将儿"),
    "机购": Context("机构", after="置买票进销"),
    "报消": Context("报销", after="息费防"),
    "注消": Context("注销", after="费防除息"),
    "核消": Context("核销", after="费防除息"),
    "取销": Context("取消", after="售路量"),
    "消号": Context("销号", before="取"),
    "贫因": Context("贫困", before="致返", after="素病学灾残为"),
    "因难": Context("困难", after="以度于免民产"),
    "群从": Context("群众", before="人", after="事业中"),
    "建没": Context("建设", after="有收"),
    "没施": Context("设施", after="工肥"),
    "没备": Context("设备", after="案"),
    "没计": Context("设计", after="入划较算"),
    "宜传": Context("宣传", before="适不相便", after="统"),
    "宜布": Context("宣布", before="适不相便", after="置局点"),
    "会义": Context("会议", after="务工诊"),
    "讯期": Context("汛期", before="通资", after="刊"),
    "至使": Context("致使", before="以乃直"),
    "进一部": Context("进一步", before="引新改买购"),
    "近一步": Context("进一步", before="走靠接更再最逼临将远"),
    "规化": Context("规划", before="正常法定"),
    "组职": Context("组织", after="责能工员务业称位"),
    "模排": Context("摸排", before="规"),
    "模底": Context("摸底", before="规"),
    "模清": Context("摸清", before="规"),
    "圆区": Context("园区", before="半方椭大小同", after="域别间"),
    "校圆": Context("校园", after="满"),
    "公圆": Context("公园", after="满"),
    "幼儿圆": Context("幼儿园", after="满"),
    "士地": Context("土地", before="护博战人女男武的巴硕将"),
    "千部": Context("干部", before="一二三四五六七八九十百上数几成近约两0123456789"),
    "项日": Context("项目", after="常均程期清报结历"),
    "日标": Context("目标", before="每节生次当近今明昨本逐工假末即同", after="准识志注签本杆语线题"),
    "非遣": Context("非遗", before="除并", after="返散送"),
    "农材": Context("农村", after="料"),
    "乡材": Context("乡村", after="料"),
    "材委": Context("村委", before="器建教药木钢用取选管料题"),
    "行政材": Context("行政村", after="料"),
    "材级": Context("村级", before="教建器木"),
    "治金": Context("冶金", before="法政综自整防管惩根医救"),
    "信货": Context("信贷", after="物款运单架源"),
    "侯选": Context("候选", before="诸"),
    "大辐": Context("大幅", after="射条"),
    "折除": Context("拆除", before="打七八九五六骨曲"),
    "己经": Context("已经", before="自知", after="营济费历手办理验过常典"),
    "己完成": Context("已完成", before="自知"),
    "己建成": Context("已建成", before="自知"),
    "己开工": Context("已开工", before="自知"),
    "己列入": Context("已列入", before="自知"),
    "末来": Context("未来", before=_ENDS_OF_TIME, after="临到自"),
    "末能": Context("未能", before=_ENDS_OF_TIME + "毫", after="源力"),
    "末经": Context("未经", before=_ENDS_OF_TIME, after="营济费"),
    "末完成": Context("未完成", before=_ENDS_OF_TIME),
    "末达": Context("未达", before=_ENDS_OF_TIME, after="到成"),
    "从末": Context("从未", after="端尾年月"),
    "纳人": Context("纳入", before="采接收容吸缴出", after="员才口民数次均大"),
    "融人": Context("融入", before="金", after="员才口民数次"),
    "资原": Context("资源", before="投出合外独工物", after="则料有来因先本定"),
    "完普": Context("完善", before="已未", after="查通遍"),
    "改普": Context("改善", after="查通遍"),
}
_NONSTANDARD = (
    "台帐:台账 帐户:账户 帐号:账号 帐目:账目 结帐:结账 记帐:记账 查帐:查账 帐簿:账簿 截止目前:截至目前 座落:坐落"
)


def wrong_words() -> dict[str, Context]:
    """Entries that are mistakes."""
    return _plain(_PLAIN) | _IN_CONTEXT


def nonstandard_words() -> dict[str, Context]:
    """Entries that the standard of the written language replaces by another form (账 for 帐, since 2002)."""
    return _plain(_NONSTANDARD)


def _plain(pairs: str) -> dict[str, Context]:
    return {wrong: Context(right) for wrong, _, right in (pair.partition(":") for pair in pairs.split())}
