// @ts-check
/** What the page says, in Chinese and English. A line's `what` and a refusal's `reason` are codes; here they become sentences. */

/** @typedef {'zh' | 'en'} Language */
/** @typedef {[string, string]} Pair Chinese, English */

/** @type {Record<string, Pair>} */
const PAGE = {
  title: ['抽查核验', 'Verify a draw'],
  intro: [
    '本页只在您的电脑上计算，不上传；双击打开时不联网，从网站打开时只取您选的那次抽取的公布文件。它从证据包里的原始文件把抽取重新算一遍：名录、种子、信标签名、抽签号、名额、抽中名单、检查组、日志证明和见证签名。',
    'This page computes on your own machine only and uploads nothing; opened by double click it uses no network, opened on a web site it only fetches the published files of the draw you chose. From the original files of the evidence bag it computes the draw again: roster, seed, beacon signature, tickets, quotas, selection, teams, log proofs and cosignatures.',
  ],
  choose: ['一、选择证据包', '1. Choose the evidence bag'],
  drop: ['把证据包文件夹（本页所在的文件夹）拖到这里，或者', 'Drop the bag’s folder (the one this page lies in) here, or'],
  pick: ['选择文件夹…', 'Choose a folder…'],
  outside_title: ['我有从别处得到的核对码、检查点或公钥（公告、报纸、纪检部门）', 'I have a check code, a checkpoint or keys from elsewhere (notice, newspaper, discipline office)'],
  outside_help: ['证据包不能为自己作证。填入外部副本后，本页会逐项比较。', 'A bag cannot vouch for itself. With outside copies this page compares them one by one.'],
  check_code_label: ['核对码（64 位）', 'Check code (64 characters)'],
  checkpoint_label: ['检查点（原文，含签名行）', 'Checkpoint (the whole note with its signature lines)'],
  policy_label: ['见证规则（公布的公钥）', 'Trust policy (the published keys)'],
  again: ['重新核验', 'Verify again'],
  rests: ['“相符”是本页自己重算的结果；“请与外部核对”列出这些结论所依据的、本页无法替您确认的事实。', '“Equal” is what this page computed itself; “compare outside” names the facts that the conclusion rests on and that this page cannot confirm for you.'],
  print: ['打印核验结果', 'Print'],
  find: ['二、查一户企业', '2. Look up a firm'],
  find_label: ['统一社会信用代码，或名称的一部分', 'Credit code, or part of the name'],
  find_button: ['查找', 'Find'],
  footer: ['算法和格式：draw-format、bag-format。本页的校验值写在证据包的 data/index.json 里，并应与公布的一致。', 'Algorithm and formats: draw-format, bag-format. This page’s hash stands in data/index.json of the bag and should equal the published one.'],
  reading: ['正在读取文件…', 'Reading files…'],
  working: ['正在重算…', 'Computing… '],
  part_reading: ['读取文件', 'reading the files'],
  part_files: ['核对每个文件的校验值', 'hashing every file'],
  part_parse: ['读名录和各表', 'reading roster and tables'],
  part_root: ['重算根哈希', 'computing the roots'],
  part_classify: ['划分抽签单元', 'sorting firms into cells'],
  part_tickets: ['重算抽签号', 'computing the tickets'],
  part_edges: ['核对检查人员的机会', 'checking the inspectors’ probabilities'],
  part_pairs: ['核对每个组合', 'checking every pair'],
  done: ['核验完成。', 'Done.'],
  stop: ['停止', 'Stop'],
  stopped: ['已停止，没有结果。可以重新选择文件夹。', 'Stopped without a result. Choose the folder again.'],
  unreadable: ['有文件读不出来，请重新选择文件夹：', 'A file cannot be read; choose the folder again: '],
  no_files: ['这里没有找到证据包或抽取文件夹（应含 bagit.txt，或 01-notice 文件夹）。', 'No evidence bag or draw folder found here (it should hold bagit.txt or a folder 01-notice).'],
  not_fetched: ['公布的文件没有取全，请稍后再试，或下载证据包后选择文件夹。', 'Not all published files could be fetched. Try again later, or download the bag and choose its folder.'],
  from_disk: ['本页是从磁盘上双击打开的，浏览器不允许它自己读取旁边的文件。请点上面的“选择文件夹”，选网站文件夹里的这一个；或者把它里面的 00-OPEN-ME.html 双击打开：', 'This page was opened from the disk, and the browser does not let it read the files beside it. Press “Choose folder” above and pick this one in the folder of the site, or double-click 00-OPEN-ME.html in it: '],
  verdict_equal: ['通过：凡能重算的都相符', 'Passed: everything that can be computed is equal'],
  verdict_differs: ['不通过：有内容不符或缺失', 'Failed: something differs or is missing'],
  verdict_withheld: ['未完：有内容尚未产生或暂不公开，不能视为通过', 'Not finished: something is not there yet or withheld'],
  rehearsal: ['这是演练，不具效力', 'This is a rehearsal without any effect'],
  none_found: ['名录里没有这户企业。', 'No such firm in the roster.'],
  many_found: ['有多户符合，请选择：', 'Several firms fit; choose one:'],
};

/** @type {Record<string, Pair>} */
const KINDS = { equal: ['✓ 相符', '✓ equal'], differs: ['✗ 不符', '✗ differs'], withheld: ['– 暂不公开', '– withheld'], outside: ['? 请与外部核对', '? compare outside'] };

/** @type {Record<string, Pair>} what each line is about; {…} are fields of its detail */
const WHAT = {
  files: ['{count} 个文件与清单逐一相符', '{count} files fit the manifests'],
  file: ['文件', 'File'],
  bag: ['证据包', 'Bag'],
  index: ['索引：{title}，{organ}', 'Index: {title}, {organ}'],
  signature: ['清单由 {signers} 签署', 'The manifest is signed by {signers}'],
  code: ['{count} 个源文件就是公告所写的软件', '{count} source files are the software that the notice names'],
  folder: ['抽取文件夹', 'Draw folder'],
  steps: ['{count} 个步骤首尾相接，每个文件与登记值一致', '{count} steps in an unbroken chain, every file as recorded'],
  firms_notice: ['企业抽取公告', 'Notice of the firms’ stage'],
  firms_sources: ['企业阶段的种子来源符合规则，都晚于公告', 'The firms’ seed sources obey the rules; all come after the notice'],
  frame: ['检查对象名录 {rows} 户，根哈希重算一致', 'Roster of {rows} firms, root computed again'],
  inspectors: ['检查人员名录 {rows} 人，根哈希重算一致', 'Roster of {rows} inspectors, root computed again'],
  cells: ['{cells} 个抽签单元、排除统计和每户机会重算一致', '{cells} cells, exclusions and every chance computed again'],
  firms_seed: ['企业阶段种子：各来源证据有效', 'Firms’ seed: the evidence of every source is valid'],
  firms_outcome: ['抽中企业、候补和抽签号逐字节重算一致', 'Selected firms, reserves and tickets computed again byte for byte'],
  teams_notice: ['检查组公告', 'Notice of the teams’ stage'],
  teams_sources: ['检查组阶段的种子来源符合规则，都晚于公告', 'The teams’ seed sources obey the rules; all come after the notice'],
  edges: ['{rows} 条机会，根哈希重算一致', '{rows} probabilities, root computed again'],
  absent: ['{rows} 个不参加的组合，根哈希重算一致', '{rows} absent pairs, root computed again'],
  network: ['席位、人员和机会与名录、规则一致', 'Seats, people and probabilities follow from roster and rules'],
  teams_seed: ['检查组阶段种子：各来源证据有效', 'Teams’ seed: the evidence of every source is valid'],
  teams_outcome: ['检查组、组长和候补逐字节重算一致', 'Teams, leaders and reserves computed again byte for byte'],
  addition: ['多次上门未果的单位仍在名单，追加的是次序最前的候补', 'A firm tried in vain stays drawn; the next reserve in order was added'],
  substitution: ['替换按抽取时的次序进行', 'The substitution took the next reserve in order'],
  void: ['作废登记完整', 'The void is complete'],
  void_missing: ['作废时没有登记种子，称这些来源没有产生：{sources}；请与来源的公开记录核对', 'Voided without a seed; these sources are said never to have come: {sources}; compare with their public record'],
  before: ['公告称上一次抽取是 {draw}（核对码 {code}），本年此前作废 {count} 次 {voided}：请与公布的抽取逐一核对', 'The notice says the draw before was {draw} (check code {code}) and {count} of this year were voided {voided}: compare with the published draws'],
  void_bracket: ['作废在 {cosigned} 之前已被见证，早于第一个来源 {first}：作废时无人能知道结果', 'The void was cosigned by {cosigned}, before the first source at {first}: nobody could know the result'],
  no_void_bracket: ['作废不能证明早于第一个来源 {first}：请核对，种子和结果仍须补登', 'Nothing proves the void older than the first source at {first}; seed and outcome are still owed'],
  check_code: ['核对码 {code}：与公告、报纸或纪检部门留存的比较', 'Check code {code}: compare with the notice, a newspaper or the discipline office'],
  check_code_given: ['核对码 {code} 与您提供的比较', 'Check code {code} against yours'],
  log_entry: ['日志第 {index} 条，在 {size} 条的检查点之内', 'Entry {index} of the log, inside the checkpoint of {size}'],
  log_growth: ['{count} 个检查点一个接一个，最近的有 {size} 条', '{count} checkpoints grew one out of the other; the latest has {size} entries'],
  anchored: ['已锚定：每一步都由 {witnesses} 共同签署', 'Anchored: every step is cosigned by {witnesses}'],
  unanchored: ['尚未锚定：没有要求任何见证人，日志只由发布机关签名', 'Not anchored: no witness is asked for; the log is signed by the office alone'],
  bracket: ['{stage}公告在 {cosigned} 已被见证，早于第一个公共来源 {first}；信任等级 {grade}', 'The {stage} notice was cosigned at {cosigned}, before the first public source at {first}; trust grade {grade}'],
  no_bracket: ['{stage}公告不能证明早于种子（见证 {cosigned}，第一个公共来源 {first}）；信任等级 {grade}', 'Nothing proves the {stage} notice older than the seed (cosigned {cosigned}, first public source {first}); trust grade {grade}'],
  keys: ['公钥出自证据包本身，请与公布的公钥核对：{keys}', 'The keys come from the bag itself; compare with the published ones: {keys}'],
  keys_given: ['采用您提供的 {count} 把公钥', 'Your {count} keys were used'],
  verifier: ['本页（00-OPEN-ME.html）的校验值 {hash}：与公布的核对', 'Hash of this page (00-OPEN-ME.html) {hash}: compare with the published one'],
  latest: ['最近的检查点有 {size} 条，签名有效', 'The latest checkpoint has {size} entries and is genuinely signed'],
  checkpoint: ['最近检查点 {size} 条，根哈希 {root}：与报纸、纪检部门等外部副本核对', 'Latest checkpoint: {size} entries, root {root}: compare with outside copies'],
  checkpoint_given: ['与您提供的 {size} 条检查点相同', 'Equal to your checkpoint of {size} entries'],
};

/** @type {Record<string, Pair>} subjects for lines that do not hold: never the sentence of success */
const SUBJECT = {
  files: ['文件清单', 'Manifests'], index: ['索引', 'Index'], signature: ['清单的签名', 'Signature of the manifest'], code: ['源代码', 'Source code'],
  steps: ['步骤', 'Steps'], firms_sources: ['企业阶段的种子来源', 'The firms’ seed sources'], frame: ['检查对象名录', 'Roster of firms'],
  inspectors: ['检查人员名录', 'Roster of inspectors'], cells: ['抽签单元和机会', 'Cells and chances'], firms_seed: ['企业阶段种子', 'Firms’ seed'],
  firms_outcome: ['企业抽取结果', 'Outcome of the firms’ stage'], teams_sources: ['检查组阶段的种子来源', 'The teams’ seed sources'], edges: ['人员机会表', 'Probabilities'],
  absent: ['不参加的组合', 'Absent pairs'], network: ['席位和机会', 'Seats and probabilities'], teams_seed: ['检查组阶段种子', 'Teams’ seed'],
  teams_outcome: ['检查组抽取结果', 'Outcome of the teams’ stage'], substitution: ['替换', 'Substitution'], addition: ['追加', 'Addition'], void: ['作废', 'Void'],
  before: ['此前的抽取', 'Draws before'], void_bracket: ['作废的时间', 'Time of the void'],
  log_entry: ['日志条目', 'Log entry'], log_growth: ['日志前后一致', 'Growth of the log'], latest: ['最近的检查点', 'Latest checkpoint'], checkpoint_given: ['您提供的检查点', 'Your checkpoint'],
  check_code_given: ['您提供的核对码', 'Your check code'],
};

/** @type {Record<string, Pair>} */
const REASONS = {
  absent_wrong: ['不参加的组合理由不对', 'an absent pair has no valid reason'],
  announced_at_wrong: ['公告时间写法不对', 'the time of the notice is malformed'],
  before_differs: ['公告没有正确写明上一次抽取和此前作废的抽取', 'the notice does not say rightly which draw came before and which were voided'],
  beacon_forged: ['信标签名无效：被伪造或抄错', 'the beacon’s signature is invalid: forged or miscopied'],
  budget_too_small: ['总名额小于必抽户数', 'the budget is smaller than the obligatory firms'],
  cells_differ: ['与按名录、规则重算的不同', 'not what roster and rules give'],
  chain_not_pinned: ['信标网络不在固定名单里', 'the beacon network is not a pinned one'],
  checkpoint_malformed: ['检查点格式不对', 'malformed checkpoint'],
  clock_backwards: ['时间早于前一步骤', 'earlier than the step before'],
  code_differs: ['源代码不是公告所写的软件', 'not the software that the notice names'],
  consistency_missing: ['缺少从 {from} 条到 {to} 条的证明', 'the proof from {from} to {to} is missing'],
  draw_name_wrong: ['抽取编号不对', 'the draw’s number is malformed'],
  edge_wrong: ['人员席位不对', 'a seat is wrong'],
  entry_of_another: ['日志条目说的不是这一步', 'the entry speaks of another step'],
  evidence_missing: ['所依据的内容不符或缺失', 'what it rests on differs or is missing'],
  evidence_wrong: ['来源证据不对（{source}）', 'the evidence of {source} is wrong'],
  file_differs: ['内容与登记的校验值不符：被改动、截断或重新编码', 'the content differs from the recorded hash: altered, truncated or re-encoded'],
  file_extra: ['多出来的、未登记的文件', 'a file that is not recorded'],
  file_missing: ['缺少文件', 'the file is missing'],
  firm_malformed: ['名录里 {id} 的 {field} 写法不对', '{field} of {id} is malformed'],
  forked: ['同为 {size} 条，根哈希不同：日志分叉', 'two checkpoints of {size} entries with different roots: the log forked'],
  grade_differs: ['信任等级与来源不符', 'the trust grade does not fit the sources'],
  groups_differ: ['席位与规则不同', 'the seats are not what the rules give'],
  index_differs: ['与实有文件或公告不同', 'not what the files or the notice say'],
  inspector_malformed: ['人员 {id} 写法不对', 'inspector {id} is malformed'],
  key_malformed: ['公钥抄写有误', 'a key is miscopied'],
  last_source_not_public: ['最后产生的来源不是局外的', 'the last source is not beyond the office’s reach'],
  malformed: ['无法解读（{message}）', 'cannot be read ({message})'],
  manifest_malformed: ['清单格式不对', 'malformed manifest'],
  network_malformed: ['席位图不完整', 'the network is incomplete'],
  no_reserve_left: ['候补已用完', 'no reserve is left'],
  nonce_commit_wrong: ['保密随机数的承诺值不对', 'the commitment of the nonce is wrong'],
  nonce_wrong: ['保密随机数与承诺值不符', 'the nonce does not fit its commitment'],
  not_announced: ['还没有公告', 'not announced yet'],
  not_base64: ['编码不对', 'malformed base64'],
  not_canonical: ['不是规范格式，可能被重新编码', 'not in canonical form; perhaps re-encoded'],
  not_drawn: ['还没有结果', 'not drawn yet'],
  not_nfc: ['文字不是规范形式', 'text not in NFC'],
  not_seeded: ['还没有登记种子', 'no seed yet'],
  not_utf8: ['不是 UTF-8', 'not UTF-8'],
  note_malformed: ['签名文件格式不对', 'malformed signed note'],
  notice_wrong: ['公告的 {field} 不对', '{field} of the notice is wrong'],
  number_not_exact: ['数值不能精确表示', 'a number is not exact'],
  numbers_wrong: ['开奖号码不对', 'the lottery numbers are wrong'],
  other_size: ['证据包里没有 {size} 条的检查点（有 {sizes}），无法直接比较', 'no checkpoint of {size} entries in the bag (it has {sizes}); they cannot be compared directly'],
  out_not_in_team: ['被替换的人不在组里', 'who goes out was not in the team'],
  out_not_visited: ['被替换的企业不在名单里', 'who goes out was not on the list'],
  outcome_differs: ['与重算结果不同', 'not what is computed'],
  outcome_of_another_draw: ['所依据的企业抽取结果不是本次的', 'it rests on the outcome of another draw'],
  outcome_owed: ['已有种子却没有公布结果', 'there is a seed but no outcome'],
  pair_unknown: ['组合里有不认识的人或企业', 'a pair names somebody unknown'],
  path_malformed: ['抽签单元名称不对', 'a cell’s name is malformed'],
  policy_malformed: ['规则不完整或写法不对', 'the rules are malformed'],
  previous_differs: ['与前一步骤接不上：有步骤被改动、删除、插入或改名', 'the chain is broken: a step was altered, removed, inserted or renamed'],
  probabilities_differ: ['机会之和不合规则', 'the probabilities do not add up'],
  proof_malformed: ['证明文件格式不对', 'malformed proof'],
  proof_wrong: ['证明与根哈希对不上', 'the proof does not lead to the root'],
  quorum_not_met: ['见证不足：需要 {quorum}，现有 {present}', 'too few cosignatures: {quorum} needed, {present} present'],
  quota_too_fine: ['名额分得过细', 'the quotas are too fine'],
  quota_too_large: ['名额多于户数', 'a quota is larger than its cell'],
  renamed: ['被改名为 {twin}', 'renamed to {twin}'],
  rolled_back: ['检查点被退回：只有 {size} 条', 'the checkpoint was rolled back to {size} entries'],
  root_differs: ['根哈希不同', 'the root differs'],
  sealed: ['暗查抽取，保密随机数执行后公开', 'unannounced draw: the nonce is opened after execution'],
  secret_wrong: ['公开抽取不应有保密随机数', 'an open draw has no nonce'],
  seed_differs: ['与来源重算的种子不同', 'not the seed that the sources give'],
  seed_of_another_notice: ['种子不是这个公告的', 'the seed of another notice'],
  seed_owed: ['来源已经产生，却没有先登记种子就作废', 'voided although a source was known and no seed was recorded'],
  signature_missing: ['没有已知密钥的签名', 'no known key signed it'],
  signature_of_another: ['签的不是这个证据包：签名被换，或清单被改', 'it signs another bag: swapped, or the manifest was altered'],
  signature_wrong: ['{key} 的签名与内容不符', 'the signature of {key} is wrong'],
  source_known_already: ['来源在公告前已经产生', 'a source was known before the notice'],
  source_text_differs: ['来源的文字与证据不符', 'a source’s text is not what its evidence gives'],
  source_twice: ['同一来源写了两次', 'a source stands twice'],
  source_wrong: ['来源写法不对', 'a source is malformed'],
  sources_differ: ['来源与公告不同', 'not the sources of the notice'],
  sources_empty: ['没有来源', 'no sources'],
  sources_too_few_bits: ['无人可控的随机位数不足', 'too little chance that nobody controls'],
  split_view: ['同为 {size} 条，根哈希却不同：给您看的历史与证据包里的不是同一个', 'the same {size} entries with another root: you were shown another history'],
  step_differs: ['步骤登记的 {field} 不对', '{field} of the step is wrong'],
  step_malformed: ['步骤登记不完整', 'the step’s record is malformed'],
  step_missing: ['缺少步骤', 'a step is missing'],
  step_order: ['步骤次序不对', 'steps out of order'],
  substitute_differs: ['递补的不是次序最前的候补', 'not the next reserve in order'],
  addition_malformed: ['追加登记不完整', 'malformed addition'],
  added_already: ['已经追加过', 'added before'],
  substitution_malformed: ['替换登记不完整', 'malformed substitution'],
  suite_unknown: ['不认识的哈希算法', 'unknown hash'],
  table_differs: ['表的列或行数与公告不同', 'columns or rows are not those of the notice'],
  too_early: ['登记时间早于来源产生的时间', 'recorded before a source was known'],
  verifier_differs: ['核验页不是制作证据包时放入的', 'the verifier page is not the one that was put in'],
  void_late: ['见证时间 {cosigned} 晚于第一个来源 {first}：作废时结果已能算出，种子和结果必须补登', 'cosigned at {cosigned}, after the first source at {first}: the result could be known; seed and outcome are owed'],
  void_malformed: ['作废登记不完整', 'malformed void'],
};

/** @type {Record<string, Pair>} */
const STAGES = { firms: ['企业', 'firms’'], teams: ['检查组', 'teams’'] };
/** @type {Record<string, Pair>} */
const EXCLUDED = {
  cap: ['本年检查次数已到上限', 'this year’s visits have reached the cap'], class: ['没有适用的规则', 'no rule applies'], drawn: ['本年已被抽中', 'drawn already this year'],
  gap: ['距上次检查时间太短', 'too soon after the last visit'], status: ['不是正常经营状态', 'not in business'], level: ['不属本级检查', 'not for this level'],
};

/** @param {string} key @param {Language} language */
export const say = (key, language) => pick(PAGE[key], language);
/** @param {string} kind @param {Language} language */
export const kindOf = (kind, language) => pick(KINDS[kind], language);

/** @param {import('../src/draw.js').Line} line @param {Language} language */
export function sentence({ kind, what, detail }, language) {
  const told = { ...detail, stage: detail.stage ? pick(STAGES[detail.stage], language) : '', grade: detail.grade ?? '', keys: detail.keys?.join(' ') ?? '' };
  const colon = language === 'zh' ? '：' : ': ';
  const fails = kind === 'differs' || (kind === 'withheld' && detail.reason);
  if (!fails) return fill(pick(WHAT[what] ?? [what, what], language), told);
  const subject = pick(SUBJECT[what] ?? WHAT[what] ?? [what, what], language);
  return detail.reason ? subject + colon + fill(pick(REASONS[detail.reason] ?? [detail.reason, detail.reason], language), told) : subject + colon + pick(['不同', 'differs'], language);
}

/** One firm's story in plain words. @param {any} found of explainFirm @param {Language} language @returns {[string, string][]} term and description */
export function story(found, language) {
  const zh = language === 'zh';
  const [top, bottom] = found.chance ?? [0, 1];
  const why = pick(EXCLUDED[found.reason] ?? [found.reason, found.reason], language);
  /** @type {Record<string, string>} */
  const states = {
    unknown: zh ? '名录里没有这户企业' : 'not in the roster',
    excluded: (zh ? '本次不参加抽签：' : 'not in this draw: ') + why,
    announced: zh ? '参加抽签，结果尚未产生或暂不公开' : 'in the draw; no open result yet',
    selected: zh ? `抽中：抽签号在本单元 ${found.count} 户中排第 ${found.rank}，前 ${found.selected} 户抽中` : `selected: its ticket ranks ${found.rank} of ${found.count}; the first ${found.selected} are selected`,
    reserve: zh ? `候补：抽签号排第 ${found.rank}，前 ${found.selected} 户抽中，其后为候补` : `reserve: its ticket ranks ${found.rank}; the first ${found.selected} are selected`,
    not: zh ? `未抽中：抽签号在本单元 ${found.count} 户中排第 ${found.rank}，前 ${found.selected} 户抽中` : `not selected: its ticket ranks ${found.rank} of ${found.count}; the first ${found.selected} are selected`,
  };
  /** @type {[string, string][]} */
  const rows = [[zh ? '企业' : 'Firm', found.row ? `${found.row.name} ${found.row.id}` : ''], [zh ? '结果' : 'Result', states[found.state]]];
  if (found.cell) rows.push([zh ? '抽签单元' : 'Cell', found.cell]);
  if (found.chance) rows.push([zh ? '公布的机会' : 'Published chance', `${top}/${bottom} ≈ ${((100 * top) / bottom).toFixed(2)} %`]);
  if (found.ticket) rows.push([zh ? '抽签号' : 'Ticket', found.ticket], [zh ? '本单元最后一个抽中的抽签号' : 'Last selected ticket of the cell', found.cutoff || (zh ? '（无人抽中）' : '(none)')]);
  if (found.ticket) rows.push([zh ? '自己核对' : 'Check it yourself', zh ? '抽签号 = SHA-256(种子 + "|T|" + 信用代码)，任何在线工具都能算' : 'ticket = SHA-256(seed + "|T|" + code): any online tool computes it']);
  return rows;
}

/** @param {Pair} pair @param {Language} language */
const pick = (pair, language) => pair[language === 'zh' ? 0 : 1];

/** @param {string} text @param {Record<string, any>} values */
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
