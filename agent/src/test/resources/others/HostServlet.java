// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import io.waybill.api.ContainerScope;
import io.waybill.api.ProcessContainers;
import io.waybill.jfr.ProcessObservedEvent;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;

/** An application that brings its own JNA and its own events and API of Waybill. */
public final class HostServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long self = ProcessHandle.current().pid();
        int pid = NativeLibrary.getInstance("c").getFunction("getpid").invokeInt(new Object[0]);
        Process child = new ProcessBuilder("true").start();
        ProcessObservedEvent own = new ProcessObservedEvent();
        own.pid = self;
        own.origin = "application";
        own.commit();
        PrintWriter out = response.getWriter();
        out.println("jna " + Native.VERSION + ", getpid is right: " + (pid == self));
        out.println("own api: " + (ProcessContainers.class.getClassLoader() == HostServlet.class.getClassLoader()));
        out.println("outcome: " + ProcessContainers.resolve(self).outcome().text());
        try (ContainerScope scope = ContainerScope.of(self)) {
            out.println("scope: " + (scope != null));
        }
        out.println("child " + child.pid());
    }
}
