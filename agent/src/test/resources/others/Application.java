// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package app;

import io.waybill.api.ProcessContainers;
import java.io.IOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application of Spring Boot that brings the API of Waybill inside its fat jar. */
@SpringBootApplication(proxyBeanMethods = false)
@RestController
public class Application {
    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }

    @GetMapping("/host")
    public String host() throws IOException {
        Process child = new ProcessBuilder("true").start();
        return "outcome: " + ProcessContainers.resolve(ProcessHandle.current().pid()).outcome().text() + "\n"
                + "child " + child.pid() + "\n";
    }
}
