// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe.program;

import com.sun.tools.attach.VirtualMachine;

/** Attaches to a JVM, its argument. With the agent's jar for another, it first attaches to itself, to load that. */
public final class AttachingProgram {
    private AttachingProgram() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 1) {
            VirtualMachine self =
                    VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
            self.loadAgent(arguments[1]);
            self.detach();
        }
        try (Sightings sightings = Sightings.begin("attach")) {
            VirtualMachine machine = VirtualMachine.attach(arguments[0]);
            System.out.println("attached to " + machine.id());
            machine.detach();
            VirtualMachine.attach(arguments[0]).detach();
            try {
                VirtualMachine.attach("1073741824");
            } catch (Exception e) {
                System.out.println("refused");
            }
            sightings.print(2);
        }
    }
}
