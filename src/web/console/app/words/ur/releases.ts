import type { releases as english } from "../en/releases.ts"

/** What the page of public numbers says, in Urdu. No native speaker has reviewed it. */
export const releases: typeof english = {
  title: "اشاعتیں",
  public: "عوامی صفحہ دیکھیں",
  hint: "اشاعت ایک سہ ماہی کے اعداد عام کرتی ہے۔ صرف وہ رپورٹیں گنی جاتی ہیں جو درج ہو چکی ہوں اور جن کی اجازت ہو۔ 11 سے کم ہر عدد چھپا رہتا ہے اور وہ بھی جس سے ایسا عدد نکل سکے۔ بعد میں کچھ نہیں بدلتا۔",
  next: (quarter) => `اگلی: ${quarter}`,
  counts: (n) => `ابھی شائع ہو تو ${n} رپورٹیں گنی جائیں گی۔`,
  tooFew: "11 سے کم رپورٹیں گنی جا سکتی ہیں۔ کوئی عدد شائع نہیں ہو گا؛ یہ اگلی اشاعت کا انتظار کریں گی۔",
  from: (day) => `یہ ${day} سے شائع ہو سکتی ہے: سہ ماہی ختم ہونے کے تیس دن بعد۔`,
  make: (quarter) => `${quarter} شائع کریں`,
  asks: (quarter) => `${quarter} فوراً عام ہو جائے گی اور ویسی ہی رہے گی۔ اس کی رپورٹیں پھر نکالی نہیں جا سکتیں۔ کیا سب کچھ درج ہو چکا ہے؟`,
  sure: "شائع کریں",
  cut: (quarter, n) => (n === 0 ? `${quarter} مکمل ہے۔ رپورٹیں شائع کرنے کے لیے بہت کم تھیں۔` : `${quarter} اب عام ہے: ${n} رپورٹیں۔`),
  before: "پہلے شائع ہوئیں",
  cutOn: (day, n) => `${day} کو، ${n === 0 ? "شائع کرنے کے لیے بہت کم رپورٹیں" : `${n} رپورٹیں`}`,
  summary: (period, reports, hidden, rows) => `${period}, ${reports} reports, ${hidden} of ${rows} rows hidden`,
  hidden: "hidden",
}
