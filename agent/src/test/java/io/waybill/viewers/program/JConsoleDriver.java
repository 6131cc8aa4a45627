// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers.program;

import java.awt.Component;
import java.awt.Container;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.event.InputEvent;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.BooleanSupplier;
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
 * into the file {@code read}. Arguments: the folder of both, the id of a container, its init, and for how many seconds a chart
 * is drawn, by semicolons.
 */
public final class JConsoleDriver {
    /** How often a value is clicked on before its table is told. */
    private static final int CLICKS = 3;

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

    private void run(String containerId, String initPid, int chartSeconds) {
        try {
            JFrame frame = Windows.await(() -> Windows.shown());
            Windows.swing(() -> {
                frame.setBounds(0, 0, 1200, 640);
                return frame;
            });
            JTabbedPane tabs =
                    Windows.await(() -> Windows.find(frame, JTabbedPane.class, pane -> pane.indexOfTab("MBeans") >= 0));
            Windows.swing(() -> {
                tabs.setSelectedIndex(tabs.indexOfTab("MBeans"));
                return tabs;
            });
            connect(frame);
            table(frame);
            chart(frame, containerId, chartSeconds);
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
        openValue(frame, () -> openTable(frame) != null);
        tell("table "
                + Windows.await(() -> {
                    JTable values = openTable(frame);
                    Component opened =
                            values == null ? null : values.prepareRenderer(values.getCellRenderer(0, 1), 0, 1);
                    return opened instanceof Container viewer ? Windows.cells(viewer) : null;
                }));
        picture(frame, "containers");
    }

    /** The processor time in use of one container, as a chart. */
    private void chart(JFrame frame, String containerId, int seconds) throws Exception {
        select(frame, "io.waybill", "Container", "runc", containerId, containerId, "Attributes", "CpuUsage");
        openValue(frame, () -> Windows.find(frame, JComponent.class, JConsoleDriver::isChart) != null);
        Thread.sleep(1000L * seconds);
        picture(frame, "chart");
        tell("chart");
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

    /** Values are fetched behind the scenes, and are unavailable until then. */
    private static boolean isLoaded(JTable table) {
        return table.isShowing()
                && table.getRowCount() == 1
                && !String.valueOf(table.getValueAt(0, 1)).equals("Unavailable");
    }

    private static JTable openTable(JFrame frame) {
        return Windows.find(frame, JTable.class, table -> isLoaded(table) && table.getRowHeight(0) > 100);
    }

    private static boolean isChart(JComponent component) {
        return component.isShowing() && component.getClass().getName().endsWith(".Plotter");
    }

    /**
     * A double click on the value of the attribute that is shown, until it opens: the window may still be moving it. One that
     * came while the window was slow may have left the cell in editing, and then no later one reaches the table; so after
     * some the table is told.
     */
    private static void openValue(JFrame frame, BooleanSupplier opened) throws Exception {
        boolean open = false;
        for (int attempt = 0; attempt < 20 && !open; attempt++) {
            if (attempt < CLICKS) {
                doubleClickValue(frame);
            } else {
                Windows.pressTwice(Windows.await(() -> Windows.find(frame, JTable.class, JConsoleDriver::isLoaded)));
            }
            for (int look = 0; look < 10 && !open; look++) {
                Thread.sleep(300);
                open = Windows.swing(() -> opened.getAsBoolean());
            }
        }
    }

    private static void doubleClickValue(JFrame frame) throws Exception {
        JTable values = Windows.await(() -> Windows.find(frame, JTable.class, JConsoleDriver::isLoaded));
        Point cell = Windows.swing(() -> {
            Rectangle place = values.getCellRect(0, values.getColumnCount() - 1, true);
            Point point = new Point(place.x + 20, place.y + place.height / 2);
            SwingUtilities.convertPointToScreen(point, values);
            return point;
        });
        Robot robot = new Robot();
        robot.mouseMove(cell.x, cell.y);
        for (int click = 0; click < 2; click++) {
            robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
            robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
        }
        robot.waitForIdle();
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
        Thread.sleep(1000);
        ImageIO.write(new Robot().createScreenCapture(frame.getBounds()), "png", new File(folder, name + ".png"));
    }
}
