// The page of queries: an editor in place of the text field, answers without leaving the page.

import "./query.css";
import type { EditorView } from "@codemirror/view";
import { answerOfPage } from "./answer";
import { ask, RefusedError } from "./ask";
import { malformed, type Problem } from "./check";
import { element } from "../page/element";
import { openEditor, replaceQuery, showProblem } from "./editor";
import { historyPanel, programPanel } from "./panels";
import { remember } from "./past";
import type { Asked } from "./programs";
import { counted, showRefusal, showResult } from "./results";
import { words } from "./words";

const LONGEST_ADDRESS = 4000;
const TICK = 100;

class QueryPage {
  private readonly endpoint: string;
  private readonly editor: EditorView;
  private readonly stopButton: HTMLButtonElement;
  private readonly checked = element("p", { class: "checked", role: "status" });
  private readonly status = element("p", { class: "run-status", role: "status" });
  private readonly clock = element("span", { class: "clock", "aria-hidden": "true" });
  private readonly past = historyPanel((query) => this.write(query));
  private readonly programs = programPanel(() => this.asked());
  private running: AbortController | null = null;
  private isGraph = false;

  constructor(
    private readonly form: HTMLFormElement,
    field: HTMLTextAreaElement,
    private readonly place: HTMLElement,
  ) {
    this.endpoint = new URL("/sparql", location.href).href;
    this.stopButton = element("button", { type: "button", class: "stop", hidden: true, click: () => this.stop() }, words.stop);
    // Hidden, it could not be shown as what is missing: the browser would refuse to run and say nothing.
    field.required = false;
    this.editor = openEditor(field, form.dataset.baseIri ?? location.origin, {
      run: () => void this.run(),
      changed: (query) => {
        field.value = query;
        this.programs.refresh();
      },
      checked: (problem) => this.tell(problem),
    });
    this.furnish();
    this.listen();
    this.adopt();
  }

  private furnish(): void {
    const label = this.form.querySelector("label");
    label?.removeAttribute("for");
    label?.setAttribute("aria-hidden", "true");
    this.form.querySelector(".run .hint")?.replaceChildren(words.keys);
    this.form.querySelector(".run button")?.after(this.stopButton, this.clock, this.status);
    this.form.querySelector(".editor")?.after(this.checked);
    this.place.after(this.programs.panel, this.past.panel);
  }

  private asked(): Asked {
    return { endpoint: this.endpoint, page: location.origin + location.pathname, query: this.query, isGraph: this.isGraph };
  }

  private listen(): void {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.run();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      event.preventDefault();
      void this.run();
    });
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-example]")) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        void this.openExample(link);
      });
    }
  }

  /** Show the answer that came with the page as one of ours. */
  private adopt(): void {
    const answer = answerOfPage(this.place);
    if (answer === null) return;
    const seconds = Number(/([\d.]+) (?:秒|s)/.exec(this.place.querySelector(".count")?.textContent ?? "")?.[1] ?? 0);
    this.isGraph = answer.kind === "graph";
    showResult(this.place, { answer, seconds, text: "", endpoint: this.endpoint, query: this.query });
  }

  private get query(): string {
    return this.editor.state.doc.toString();
  }

  private write(query: string): void {
    replaceQuery(this.editor, query);
    this.editor.focus();
    this.editor.dom.scrollIntoView({ block: "nearest" });
  }

  /** Put an example into the editor, without losing what stands there: it can be undone. */
  private async openExample(link: HTMLAnchorElement): Promise<void> {
    const example = await exampleAt(link.href);
    if (example === null) {
      this.say(words.unreachable, "seen");
      return;
    }
    this.write(example);
    link.closest("details")?.removeAttribute("open");
  }

  private tell(problem: Problem | null): void {
    this.checked.classList.toggle("malformed", problem !== null);
    this.checked.textContent = problem === null ? (this.query.trim() === "" ? "" : words.wellFormed) : problem.detail;
  }

  private stop(): void {
    this.running?.abort();
  }

  private async run(): Promise<void> {
    this.stop();
    const query = this.query;
    if (query.trim() === "") return;
    const running = (this.running = new AbortController());
    const ticking = this.begin();
    try {
      // Known beforehand, so that the browser counts no failed request.
      const problem = await malformed(query);
      if (problem !== null) throw new RefusedError(problem);
      const answered = await ask(this.endpoint, query, running.signal);
      const { answer, seconds } = answered;
      this.isGraph = answer.kind === "graph";
      showProblem(this.editor, null);
      showResult(this.place, { ...answered, endpoint: this.endpoint, query });
      this.say(counted(answer, seconds), "heard");
      remember({ query, at: Date.now(), rows: answer.kind === "boolean" ? null : answer.rows.length, seconds });
      this.past.refresh();
      this.programs.refresh();
      this.address(query);
    } catch (error) {
      this.refused(error, running);
    } finally {
      clearInterval(ticking);
      if (this.running === running) this.end();
    }
  }

  private refused(error: unknown, running: AbortController): void {
    if (running.signal.aborted) {
      // Another run that took its place tells of itself.
      if (this.running === running) this.say(words.stopped, "seen");
      return;
    }
    if (!(error instanceof RefusedError)) throw error;
    this.say("", "seen");
    showProblem(this.editor, error.problem);
    showRefusal(this.place, error.problem);
  }

  /** Tell how far it is; what stands in the answer as well is only to be heard. */
  private say(text: string, how: "seen" | "heard"): void {
    this.status.textContent = text;
    this.status.classList.toggle("heard", how === "heard");
  }

  private begin(): number {
    const started = performance.now();
    this.stopButton.hidden = false;
    this.say(words.running, "seen");
    this.place.setAttribute("aria-busy", "true");
    return window.setInterval(() => {
      this.clock.textContent = words.seconds((performance.now() - started) / 1000);
    }, TICK);
  }

  private end(): void {
    this.running = null;
    this.stopButton.hidden = true;
    this.clock.textContent = "";
    this.place.removeAttribute("aria-busy");
  }

  /** The address of the page leads to this answer, where it is not too long for one. */
  private address(query: string): void {
    const address = `${location.pathname}?${new URLSearchParams({ query })}`;
    if (address.length <= LONGEST_ADDRESS) history.replaceState(null, "", address);
  }
}

/** The query of the page of an example; null when the server does not give it. */
async function exampleAt(address: string): Promise<string | null> {
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    if (!response.ok) return null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return page.querySelector<HTMLTextAreaElement>("#query")?.value ?? null;
  } catch {
    return null;
  }
}

const form = document.querySelector<HTMLFormElement>("#query-form");
const field = document.querySelector<HTMLTextAreaElement>("#query");
const place = document.querySelector<HTMLElement>("#answer");
if (form && field && place) new QueryPage(form, field, place);
