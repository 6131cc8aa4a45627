// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {
    @Test
    void aCellThatASpreadsheetWouldTakeForAFormulaIsText() {
        assertThat(SafeText.csv("=HYPERLINK(\"http://x\")")).isEqualTo("\"'=HYPERLINK(\"\"http://x\"\")\"");
        assertThat(SafeText.csv("+1")).isEqualTo("'+1");
        assertThat(SafeText.csv("-1")).isEqualTo("'-1");
        assertThat(SafeText.csv("@SUM(A1)")).isEqualTo("'@SUM(A1)");
        assertThat(SafeText.csv("\t=1")).isEqualTo("\"' =1\"");
    }

    @Test
    void aCellStaysOneCellOfOneRow() {
        assertThat(SafeText.csv("a,b")).isEqualTo("\"a,b\"");
        assertThat(SafeText.csv("a\r\nb")).isEqualTo("a  b");
        assertThat(SafeText.csv("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(SafeText.csv("web-0")).isEqualTo("web-0");
        assertThat(SafeText.csv("")).isEmpty();
    }

    @Test
    void aFrameStaysOneFrameOfOneLine() {
        assertThat(SafeText.frame("a;b c\nd 7")).isEqualTo("a,b_c?d_7");
    }

    @Test
    void htmlIsText() {
        assertThat(SafeText.html("<script>alert('\"&')</script>"))
                .isEqualTo("&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;");
        assertThat(SafeText.html("a\u202eb\u0000\ud800")).isEqualTo("a\ufffdb\ufffd\ufffd");
    }
}
