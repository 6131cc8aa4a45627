// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers.program;

import java.awt.Component;
import java.awt.Container;
import java.awt.Frame;
import java.awt.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JTable;
import javax.swing.JTree;
import javax.swing.SwingUtilities;
import javax.swing.tree.DefaultMutableTreeNode;
import javax.swing.tree.TreePath;
import org.jspecify.annotations.Nullable;

/** What a user finds with the eyes in the windows of this JVM. */
public final class Windows {
    private Windows() {}

    static @Nullable JFrame shown() {
        for (Frame frame : Frame.getFrames()) {
            if (frame instanceof JFrame window && window.isShowing()) {
                return window;
            }
        }
        return null;
    }

    /**
     * Puts a window into the corner. What the X server tells of an earlier place may come after that: the window is in the
     * corner then, but taken for being elsewhere, and clicks and pictures miss it; so this is said again before them.
     */
    static void place(JFrame window) throws Exception {
        swing(() -> {
            window.setBounds(0, 0, 1200, 640);
            return window;
        });
    }

    static @Nullable JDialog dialog() {
        for (Window window : Window.getWindows()) {
            if (window instanceof JDialog dialog && dialog.isShowing()) {
                return dialog;
            }
        }
        return null;
    }

    static <T extends Component> @Nullable T find(Container in, Class<T> type, Predicate<T> wanted) {
        List<T> found = new ArrayList<>();
        walk(in, component -> {
            if (type.isInstance(component) && wanted.test(type.cast(component))) {
                found.add(type.cast(component));
            }
        });
        return found.isEmpty() ? null : found.get(0);
    }

    private static void walk(Container in, Consumer<Component> visitor) {
        for (Component component : in.getComponents()) {
            visitor.accept(component);
            if (component instanceof Container inner) {
                walk(inner, visitor);
            }
        }
    }

    /** Asks in the thread of the windows until there is an answer. */
    static <T> T await(Callable<@Nullable T> question) throws Exception {
        while (true) {
            T answer = swing(question);
            if (answer != null) {
                return answer;
            }
            Thread.sleep(100);
        }
    }

    static <T> @Nullable T swing(Callable<@Nullable T> action) throws Exception {
        FutureTask<@Nullable T> task = new FutureTask<>(action);
        SwingUtilities.invokeLater(task);
        return task.get();
    }

    /** The texts of all tables. */
    static List<String> cells(Container frame) {
        List<String> texts = new ArrayList<>();
        walk(frame, component -> {
            if (component instanceof JTable table) {
                for (int row = 0; row < table.getRowCount(); row++) {
                    for (int column = 0; column < table.getColumnCount(); column++) {
                        texts.add(String.valueOf(table.getValueAt(row, column)).replace('\n', ' '));
                    }
                }
            }
        });
        return texts;
    }

    /** The path to a node, which is expanded as far as it is there; JConsole adds nodes to those that are expanded. */
    static @Nullable TreePath path(JTree tree, String... names) {
        DefaultMutableTreeNode node = (DefaultMutableTreeNode) tree.getModel().getRoot();
        for (String name : names) {
            tree.expandPath(new TreePath(node.getPath()));
            DefaultMutableTreeNode next = null;
            for (int i = 0; i < node.getChildCount(); i++) {
                DefaultMutableTreeNode child = (DefaultMutableTreeNode) node.getChildAt(i);
                next = label(tree, child).equals(name) ? child : next;
            }
            if (next == null) {
                return null;
            }
            node = next;
        }
        return new TreePath(node.getPath());
    }

    private static String label(JTree tree, DefaultMutableTreeNode node) {
        Component shown =
                tree.getCellRenderer().getTreeCellRendererComponent(tree, node, false, false, false, 0, false);
        return shown instanceof JLabel label ? String.valueOf(label.getText()) : "";
    }
}
