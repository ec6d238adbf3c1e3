// The texts that are counted, made from a seed or taken from this repository.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const CHINESE = `的 一 是 在 不 了 有 和 人 这 中 大 为 上 个 国 我 以 要 他 时 来 用 们 生 到 作 地 于 出 就 分 对 成 会 可 主 发 年 动 同 工
  也 能 下 过 子 说 产 种 面 而 方 后 多 定 行 学 法 所 民 得 经 十 三 之 进 着 等 部 度 家 电 力 里 如 水 化 高 自 二 理 起 小 物 现 实 加 量 都
  两 体 制 机 当 使 点 从 业 本 去 把 性 好 应 开 它 合 还 因 由 其 些 然 前 外 天 政 四 日 那 社 义 事 平 形 相 全 表 间 样 与 关 各 重 新 线 内
  我们 他们 可以 没有 问题 时间 工作 系统 数据 用户 文件 服务器 请求 响应 错误 配置 模型 语言 中国 社会 发展 经济 技术 研究 方法 结果 分析 学习
  使用 支持 需要 因为 所以 如果 但是 已经 开始 进行 通过 提供 管理 信息 网络 程序 代码 函数 参数 返回 测试 部署 性能 内存 缓存 人工智能`;
const JAPANESE = `の に は を た が で て と し れ さ ある いる も する から な こと として い や など なっ ない この ため その あっ よう また もの という
  あり まで られ なる へ か だ これ によって により おり より による ず なり られる において なかっ なく しかし について だっ できる それ ので
  なお のみ でき き における および いう さらに でも ら たり その他 に関する たち ます ん なら 私 日本 東京 時間 問題 会社 世界 必要 情報 結果
  データ システム ファイル サーバー ユーザー リクエスト エラー モデル プログラム テスト ネットワーク 設定 確認 変更 開発 使用 方法 研究 技術
  機能 関数 実行 説明 言語 経済 社会 大学 学生 先生 電車 天気 今日 明日 昨日 今年 来年 人間 自然 科学 歴史 文化 教育 政府 企業 市場 価格`;
const MARKS = { chinese: "，，，。。、；：？！\n", japanese: "、、、。。。「」？！\n" };

/** Random numbers below an end (mulberry32). */
export function dice(seed) {
  return (end) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  };
}

/** Words by chance, the first of the list more often than the last, with a mark now and then. */
function words(list, marks, length, below) {
  const all = list.split(/\s+/);
  const out = [];
  for (let bytes = 0; bytes < length; bytes += 3 * out.at(-1).length) {
    const word = all[Math.min(below(all.length), below(all.length))];
    out.push(below(8) ? word : word + marks[below(marks.length)]);
  }
  return out.join("");
}

function characters(length, one) {
  let text = "";
  while (text.length < length) text += one();
  return text;
}

/** Everything under a folder with this ending. */
function files(folder, ending) {
  const found = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(ending)).sort();
  return found.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
}

const scalar = (below) => {
  const code = below(4) ? below(0x3000) : below(0x11_0000);
  return code >= 0xd800 && code < 0xe000 ? " " : String.fromCodePoint(code);
};

/** Ordinary texts by name, and those that are hard to count; `null` is made in the filter. */
export function texts(length, below) {
  return {
    English: null,
    code: files("src", ".rs"),
    Chinese: words(CHINESE, MARKS.chinese, length, below),
    Japanese: words(JAPANESE, MARKS.japanese, length, below),
    "one letter": "a".repeat(length),
    spaces: " ".repeat(length),
    tabs: "\t".repeat(length),
    "line breaks": "\n".repeat(length),
    NULs: "\0".repeat(length),
    "random letters": characters(length, () => String.fromCharCode(97 + below(26))),
    "random ASCII": characters(length, () => String.fromCharCode(32 + below(95))),
    "random Unicode": characters(length / 3, () => scalar(below)),
    base64: characters(length, () => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[below(64)]),
  };
}
