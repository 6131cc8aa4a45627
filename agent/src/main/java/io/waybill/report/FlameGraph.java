// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * A page with the stacks of a report, the container as the outermost frame: one file, which fetches nothing. It is
 * well-formed XML too, and readable without its script, which only zooms and searches.
 */
public final class FlameGraph {
    /** What is narrower than this part of the whole cannot be seen; it is left out, and its width stays empty. */
    private static final double NARROWEST = 0.0005;

    private static final String STYLE = """
            body { font: 13px/1.4 system-ui, sans-serif; margin: 1em; }
            #graph { border: 1px solid #bbb; overflow: hidden; }
            .n { box-sizing: border-box; min-width: 0; flex: none; }
            .n > p { margin: 0; padding: 0 3px; height: 17px; font: 11px/17px monospace; overflow: hidden;
              white-space: nowrap; text-overflow: ellipsis; border: 1px solid #fff; border-radius: 2px; cursor: pointer; }
            .n > div { display: flex; }
            .off { display: none; }
            .up > p { opacity: 0.5; }
            .hit > p { outline: 2px solid #c0f; outline-offset: -2px; }
            @media (prefers-color-scheme: dark) { body { background: #222; color: #ddd; } .n > p { color: #000; } }
            """;

    /** A click widens a frame to the whole page by hiding what lies beside it; the search marks frames. */
    private static final String SCRIPT = """
            const graph = document.getElementById('graph');
            const info = document.getElementById('info');
            function zoom(node) {
              graph.querySelectorAll('.off, .up').forEach(e => e.classList.remove('off', 'up'));
              graph.querySelectorAll('.n').forEach(e => { e.style.width = e.dataset.w; });
              for (let e = node; e.classList.contains('n'); e = e.parentElement.closest('.n') || graph) {
                e.style.width = '100%';
                if (e !== node) { e.classList.add('up'); }
                for (const other of e.parentElement.children) {
                  if (other !== e) { if (other.classList.contains('n')) { other.classList.add('off'); } }
                }
              }
            }
            graph.addEventListener('click', event => {
              const node = event.target.closest('.n');
              if (node) { zoom(node); }
            });
            graph.addEventListener('mouseover', event => {
              const node = event.target.closest('.n');
              if (node) { info.textContent = node.firstElementChild.title; }
            });
            document.getElementById('search').addEventListener('input', event => {
              const text = event.target.value.toLowerCase();
              graph.querySelectorAll('.n').forEach(node => {
                const hit = text !== '' ? node.firstElementChild.title.toLowerCase().includes(text) : false;
                node.classList.toggle('hit', hit);
              });
            });
            """;

    private final PrintWriter out;
    private final String unit;
    private final long all;

    private FlameGraph(PrintWriter out, String unit, long all) {
        this.out = out;
        this.unit = unit;
        this.all = all;
    }

    public static void write(Report report, Weight weight, PrintWriter out) {
        StackNode root = StackForest.of(report, weight);
        String unit = weight == Weight.ALLOCATION ? "bytes" : "samples";
        String what = switch (weight) {
            case EXECUTION -> "CPU by container: execution samples";
            case CPU_TIME -> "CPU by container: samples by CPU time";
            case ALLOCATION -> "Allocation by container";
        };
        out.println("<!DOCTYPE html>");
        out.println("<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\"><head><meta charset=\"utf-8\"/>");
        out.println("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                + "style-src 'unsafe-inline'; script-src 'unsafe-inline'\"/>");
        out.println("<title>" + what + "</title>");
        out.println("<style>" + STYLE + "</style></head><body>");
        out.println("<h1>" + what + "</h1>");
        out.println("<p>" + root.total() + " " + unit + "; a click zooms. Search: <input id=\"search\"/> "
                + "<span id=\"info\"></span></p>");
        out.println("<div id=\"graph\">");
        new FlameGraph(out, unit, root.total()).node("all", root, root.total());
        out.println("</div>");
        out.println("<script>//<![CDATA[");
        out.println(SCRIPT + "//]]></script></body></html>");
    }

    private void node(String name, StackNode node, long outer) {
        String width = String.format(Locale.ROOT, "%.4f%%", outer == 0 ? 100 : 100.0 * node.total() / outer);
        String safe = SafeText.html(name);
        out.print("<div class=\"n\" data-w=\"" + width + "\" style=\"width:" + width + "\"><p style=\"background:"
                + colour(name) + "\" title=\"" + safe + ": " + node.total() + " " + unit + ", "
                + String.format(Locale.ROOT, "%.2f%%", all == 0 ? 0 : 100.0 * node.total() / all) + "\">" + safe
                + "</p>");
        if (!node.callees().isEmpty()) {
            out.print("<div>");
            for (StackNode callee : node.callees()) {
                if (callee.total() >= NARROWEST * all) {
                    node(callee.frame(), callee, node.total());
                }
            }
            out.print("</div>");
        }
        out.println("</div>");
    }

    /** Warm, and the same for all frames of a package. */
    private static String colour(String name) {
        int method = name.lastIndexOf('.');
        int type = method < 0 ? -1 : name.lastIndexOf('.', method - 1);
        int hash = (type < 0 ? name : name.substring(0, type)).hashCode() & 0x7fffffff;
        return "hsl(" + hash % 60 + ",80%," + (60 + hash / 60 % 20) + "%)";
    }
}
