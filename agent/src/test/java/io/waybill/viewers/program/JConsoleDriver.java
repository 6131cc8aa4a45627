// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers.program;

import java.awt.Container;
import java.awt.Robot;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import javax.imageio.ImageIO;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JSplitPane;
import javax.swing.JTabbedPane;
import javax.swing.JTable;
import javax.swing.JTextField;
import javax.swing.JTree;
import javax.swing.SwingUtilities;
import javax.swing.tree.TreePath;

/**
 * An agent in JConsole that does with its window what a user does, takes pictures of it, and writes what it reads there
 * into the file {@code read}. Arguments: the folder of both, the id of a container, its init, and how wide the line of a chart
 * has to be, by semicolons.
 */
public final class JConsoleDriver {
    private final File folder;

    private JConsoleDriver(File folder) {
        this.folder = folder;
    }

    public static void premain(String arguments) {
        String[] parts = arguments.split(";", 4);
        JConsoleDriver driver = new JConsoleDriver(new File(parts[0]));
        Thread thread = new Thread(() -> driver.run(parts[1], parts[2], Integer.parseInt(parts[3])), "driver");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(String containerId, String initPid, int chartWidth) {
        try {
            JFrame frame = Windows.await(() -> Windows.shown());
            Windows.place(frame);
            JTabbedPane tabs =
                    Windows.await(() -> Windows.find(frame, JTabbedPane.class, pane -> pane.indexOfTab("MBeans") >= 0));
            Windows.swing(() -> {
                tabs.setSelectedIndex(tabs.indexOfTab("MBeans"));
                return tabs;
            });
            connect(frame);
            table(frame);
            chart(frame, containerId, chartWidth);
            operation(frame, initPid);
            notification(frame);
            tell("done");
        } catch (Exception e) {
            tell("failed: " + e);
        }
    }

    /** JConsole tries TLS first, and asks before it goes on without. */
    private static void connect(JFrame frame) throws Exception {
        Windows.await(() -> {
            JButton insecurely = Windows.find(
                    frame,
                    JButton.class,
                    button -> button.getText() != null && button.getText().startsWith("Insecure"));
            if (insecurely != null && insecurely.isShowing()) {
                insecurely.doClick();
            }
            JTree tree = Windows.find(frame, JTree.class, each -> true);
            return tree == null ? null : Windows.path(tree, "io.waybill", "Containers");
        });
    }

    /** The table of containers: the value of the attribute Containers, opened by a double click. */
    private void table(JFrame frame) throws Exception {
        select(frame, "io.waybill", "Containers", "Attributes", "Containers");
        Container viewer = new AttributeValue(frame, "Containers").open();
        tell("table " + Windows.await(() -> Windows.cells(viewer)));
        picture(frame, "containers");
    }

    /** The processor time in use of one container, as a chart. */
    private void chart(JFrame frame, String containerId, int width) throws Exception {
        select(frame, "io.waybill", "Container", "runc", containerId, containerId, "Attributes", "CpuUsage");
        AttributeValue value = new AttributeValue(frame, "CpuUsage");
        Container viewer = value.open();
        while (value.lineWidth() < width) {
            Thread.sleep(100);
        }
        tell("chart " + Windows.await(() -> AttributeValue.chart(viewer)));
        picture(frame, "chart");
    }

    /** The operation resolve, asked for a process; what it returns is shown in a dialog. */
    private void operation(JFrame frame, String pid) throws Exception {
        select(frame, "io.waybill", "Containers", "Operations", "resolve");
        JTextField field = Windows.await(() -> Windows.find(frame, JTextField.class, JComponent::isShowing));
        Windows.swing(() -> {
            field.setText(pid);
            return field;
        });
        JButton resolve = Windows.await(() ->
                Windows.find(frame, JButton.class, button -> "resolve".equals(button.getText()) && button.isShowing()));
        SwingUtilities.invokeLater(resolve::doClick); // the dialog may keep whoever clicks
        JDialog dialog = Windows.await(Windows::dialog);
        tell("operation " + Windows.await(() -> Windows.cells(dialog).isEmpty() ? null : Windows.cells(dialog)));
        Windows.swing(() -> {
            dialog.dispose();
            return dialog;
        });
    }

    private void notification(JFrame frame) throws Exception {
        select(frame, "io.waybill", "Containers", "Notifications");
        JButton subscribe = Windows.await(() -> Windows.find(
                frame, JButton.class, button -> "Subscribe".equals(button.getText()) && button.isShowing()));
        Windows.swing(() -> {
            subscribe.doClick();
            return subscribe;
        });
        tell("subscribed");
        List<String> cells =
                Windows.await(() -> Windows.cells(frame).stream().anyMatch(cell -> cell.contains(" started, init "))
                        ? Windows.cells(frame)
                        : null);
        Windows.swing(() -> {
            JTable table = Windows.find(frame, JTable.class, JConsoleDriver::hasMessages);
            if (table != null) {
                table.getColumn("Message").setMinWidth(420);
            }
            return frame;
        });
        tell("notification " + cells);
        picture(frame, "notification");
    }

    private static boolean hasMessages(JTable table) {
        return table.isShowing() && table.getColumnModel().getColumnCount() > 4;
    }

    private static void select(JFrame frame, String... names) throws Exception {
        Windows.place(frame);
        TreePath path = Windows.await(() -> {
            JTree tree = Windows.find(frame, JTree.class, each -> true);
            return tree == null ? null : Windows.path(tree, names);
        });
        Windows.swing(() -> {
            JTree tree = Windows.find(frame, JTree.class, each -> true);
            tree.expandPath(path);
            tree.setSelectionPath(path);
            tree.scrollPathToVisible(path);
            JSplitPane halves = Windows.find(frame, JSplitPane.class, each -> each.isShowing());
            if (halves != null) {
                halves.setDividerLocation(260);
            }
            return tree;
        });
    }

    private void tell(String line) {
        try {
            Files.writeString(
                    folder.toPath().resolve("read"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void picture(JFrame frame, String name) throws Exception {
        Windows.place(frame);
        Thread.sleep(1000);
        ImageIO.write(new Robot().createScreenCapture(frame.getBounds()), "png", new File(folder, name + ".png"));
    }
}
