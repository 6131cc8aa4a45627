// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers.program;

import java.awt.Component;
import java.awt.Container;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.event.InputEvent;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.util.List;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JTable;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/**
 * The value of the attribute that is selected in JConsole's tree, in a table of one row; a double click opens it. What it is
 * then drawn by belongs to the cell's renderer: it is no child of the table, and never showing.
 */
public record AttributeValue(JFrame frame, String attribute) {
    /** The margin of a chart in which the last value is written. */
    private static final int MARGIN = 80;

    private static final int LOOKS = 30;

    /**
     * Opens the value. A double click that came while the window was slow may have gone elsewhere, or have left the cell in
     * editing, and then no later one reaches the table; so after it the table is told.
     *
     * @return what the value is drawn by
     */
    Container open() throws Exception {
        doubleClick(Windows.await(this::table));
        while (true) {
            for (int look = 0; look < LOOKS; look++) {
                Container viewer = Windows.swing(this::viewer);
                if (viewer != null) {
                    return viewer;
                }
                Thread.sleep(100);
            }
            Windows.swing(this::pressTwice);
        }
    }

    /** What a chart says to those who cannot see it: "Chart" and, in the next line, the name and the last value. */
    static @Nullable String chart(Container viewer) {
        JComponent plotter = Windows.find(viewer, JComponent.class, AttributeValue::isPlotter);
        return plotter == null
                ? null
                : plotter.getAccessibleContext().getAccessibleName().replace('\n', ' ');
    }

    /** JConsole's charts are of nameless classes below its Plotter. */
    private static boolean isPlotter(JComponent component) {
        Class<?> type = component.getClass();
        while (type != null && !type.getName().equals("sun.tools.jconsole.Plotter")) {
            type = type.getSuperclass();
        }
        return type != null;
    }

    /** How many columns of the screen, in the place of the value, have a piece of a chart's line, which is dark blue. */
    int lineWidth() throws Exception {
        Rectangle place = Windows.await(() -> {
            JTable table = table();
            return table == null ? null : place(table);
        });
        BufferedImage seen =
                new Robot().createScreenCapture(new Rectangle(place.x, place.y, place.width - MARGIN, place.height));
        int columns = 0;
        for (int x = 0; x < seen.getWidth(); x++) {
            boolean line = false;
            for (int y = 0; y < seen.getHeight() && !line; y++) {
                int colour = seen.getRGB(x, y);
                line = (colour >> 16 & 0xff) < 100 && (colour >> 8 & 0xff) < 100 && (colour & 0xff) > 140;
            }
            columns += line ? 1 : 0;
        }
        return columns;
    }

    /** None until the attribute's table is there; values are fetched behind the scenes, and are unavailable until then. */
    private @Nullable JTable table() {
        return Windows.find(
                frame,
                JTable.class,
                table -> table.isShowing()
                        && table.getRowCount() == 1
                        && attribute.equals(String.valueOf(table.getValueAt(0, 0)))
                        && !String.valueOf(table.getValueAt(0, 1)).equals("Unavailable"));
    }

    /** A closed value is drawn by a label. */
    private @Nullable Container viewer() {
        JTable table = table();
        if (table == null) {
            return null;
        }
        Component drawn = table.prepareRenderer(table.getCellRenderer(0, 1), 0, 1);
        return drawn instanceof Container viewer && !(drawn instanceof JLabel) ? viewer : null;
    }

    private static Rectangle place(JTable table) {
        Rectangle cell = table.getCellRect(0, 1, true);
        Point corner = cell.getLocation();
        SwingUtilities.convertPointToScreen(corner, table);
        return new Rectangle(corner, cell.getSize());
    }

    private static void doubleClick(JTable table) throws Exception {
        Rectangle place = Windows.await(() -> place(table));
        Robot robot = new Robot();
        robot.mouseMove(place.x + 20, place.y + place.height / 2);
        for (int click = 0; click < 2; click++) {
            robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
            robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
        }
        robot.waitForIdle();
    }

    /** Tells the table, if the value is still closed, that the mouse was pressed on it for the second time. */
    private @Nullable JTable pressTwice() {
        JTable table = table();
        if (table == null || viewer() != null) {
            return null;
        }
        if (table.isEditing()) {
            table.getCellEditor().cancelCellEditing();
        }
        table.changeSelection(0, 1, false, false);
        Rectangle cell = table.getCellRect(0, 1, true);
        for (int id : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED)) {
            int left = InputEvent.BUTTON1_DOWN_MASK;
            long now = System.currentTimeMillis();
            table.dispatchEvent(new MouseEvent(
                    table, id, now, left, cell.x + 20, cell.y + cell.height / 2, 2, false, MouseEvent.BUTTON1));
        }
        return table;
    }
}
