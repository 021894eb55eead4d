// The editor in place of the text field. It lives in a shadow tree: there its styles are adopted style sheets,
// where in the page they would be elements that the content security policy refuses.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, indentService, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { linter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { diagnosticOf, malformed, withDeclaration, type Problem } from "./check";
import { completions } from "./completion";
import { tokensOf } from "./tokens";
import { vocabulary } from "./vocabulary";
import { words } from "./words";

const CHECKED_AFTER = 500;

/** What the page does with the editor. */
export interface EditorEvents {
  run(): void;
  changed(query: string): void;
  checked(problem: Problem | null): void;
}

/** Put an editor before a text field, which it hides and keeps up to date. */
export function openEditor(field: HTMLTextAreaElement, base: string, events: EditorEvents): EditorView {
  const holder = document.createElement("div");
  holder.className = "editor";
  field.before(holder);
  const root = holder.attachShadow({ mode: "open" });
  const view = new EditorView({ root, parent: root, state: stateOf(field.value.trimEnd() + "\n", base, events) });
  // Whoever comes to write will want completions.
  view.contentDOM.addEventListener("focus", () => void vocabulary(), { once: true });
  field.hidden = true;
  return view;
}

/** Put another query into the editor, as a change that can be undone. */
export function replaceQuery(view: EditorView, query: string): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: query }, userEvent: "input" });
}

/** Mark the place of a problem that came with an answer; null takes the mark away. */
export function showProblem(view: EditorView, problem: Problem | null): void {
  const found = problem?.line === undefined ? [] : [diagnosticOf(problem, view.state.doc)];
  view.dispatch(setDiagnostics(view.state, found));
}

function stateOf(query: string, base: string, events: EditorEvents): EditorState {
  return EditorState.create({
    doc: query,
    extensions: [
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (events.run(), true) }])),
      lineNumbers(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      history(),
      indentOnInput(),
      indentUnit.of("  "),
      indentService.of((context, at) => context.unit * openBrackets(context.state.doc.sliceString(0, at))),
      bracketMatching(),
      closeBrackets(),
      autocompletion({ override: [completions(base)], maxRenderedOptions: 80, icons: false }),
      linter((view) => check(view, base, events), { delay: CHECKED_AFTER }),
      keymap.of([
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...lintKeymap,
        ...historyKeymap,
        ...defaultKeymap,
        indentWithTab,
      ]),
      sparql(),
      syntaxHighlighting(COLOURS),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        // So that the area around it, which scrolls, counts as reached by the keyboard.
        tabindex: "0",
        "aria-label": words.editor,
        "aria-description": words.keys,
        lang: "en",
        autocapitalize: "off",
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) events.changed(update.state.doc.toString());
      }),
      TYPED_OVER_SELECTION,
      LOOK,
    ],
  });
}

/** How many brackets are open at the end of a text. */
function openBrackets(text: string): number {
  const signs = tokensOf(text).map((token) => token.text);
  return Math.max(0, signs.filter((sign) => /^[{([]$/.test(sign)).length - signs.filter((sign) => /^[})\]]$/.test(sign)).length);
}

async function check(view: EditorView, base: string, events: EditorEvents) {
  const query = view.state.doc.toString();
  const problem = query.trim() === "" ? null : await malformed(query);
  events.checked(problem);
  if (problem === null) return [];
  const { prefixes } = await vocabulary();
  return [withDeclaration(diagnosticOf(problem, view.state.doc), query, base, prefixes)];
}

// Text over a selection is put in by us: the browser would keep the look of what stood there in a style attribute,
// which the page does not allow.
const TYPED_OVER_SELECTION = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { ranges, main } = view.state.selection;
    const text = event.data;
    if (event.inputType !== "insertText" || !text || main.empty || ranges.length > 1 || view.composing) return false;
    const insert = () =>
      view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, main.from, main.to, text, insert))) view.dispatch(insert());
    return true;
  },
});

const COLOURS = HighlightStyle.define([
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.keyword, tags.controlKeyword, tags.operatorKeyword], color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--query-string)" },
  { tag: [tags.number, tags.bool, tags.literal], color: "var(--query-number)" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--query-variable)" },
  { tag: [tags.url, tags.namespace, tags.labelName], color: "var(--query-iri)" },
  { tag: [tags.function(tags.variableName), tags.standard(tags.name)], color: "var(--accent)" },
]);

const LOOK = EditorView.theme({
  "&": {
    fontSize: ".95rem",
    backgroundColor: "var(--raised)",
    border: "1px solid var(--rule)",
    borderRadius: "4px",
    minHeight: "14rem",
    maxHeight: "70vh",
    color: "var(--ink)",
  },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overflow: "auto", minHeight: "14rem" },
  ".cm-content": { padding: ".6rem 0", caretColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--soft)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "color-mix(in srgb, var(--accent) 6%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "color-mix(in srgb, var(--accent) 25%, transparent)",
  },
  // The own pictures of these are data: addresses, which the page does not allow.
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy 1.5px var(--alarm)",
    textUnderlineOffset: ".25em",
  },
  ".cm-lintRange-active": { backgroundColor: "var(--anomaly)" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--alarm)" },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    border: "1px solid var(--rule)",
    borderRadius: "4px",
    boxShadow: "0 4px 18px rgb(0 0 0 / .16)",
    zIndex: "5",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "18rem", maxWidth: "min(46rem, 88vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".25rem .6rem", lineHeight: "1.4" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent)",
    color: "var(--paper)",
  },
  ".cm-completionDetail": { fontFamily: "var(--sans)", fontStyle: "normal", opacity: ".85", marginLeft: ".9em" },
  ".cm-completionInfo": { fontFamily: "var(--sans)", fontSize: ".88rem", maxWidth: "22rem", padding: ".5rem .8rem" },
});
