// What a client saw of one case.
export class Seen {
  text = ''; thinking = ''; calls = []; finishes = []; usage = []; ids = [];
  report = null; encore = null; parsed = null; ran = null; count = null; error = null; oddities = [];

  id(id) {
    if (!this.ids.includes(id)) this.ids.push(id);
  }

  // A call whose input came as text.
  call(id, name, text) {
    try {
      this.calls.push([id, name, JSON.parse(text)]);
    } catch {
      this.odd(true, `invalid JSON: ${text}`);
    }
  }

  odd(condition, what) {
    if (condition && !this.oddities.includes(what)) this.oddities.push(what);
  }
}
