// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import java.util.Map;

/** The container that this JVM runs in. */
@Described("The container that this JVM runs in, as well as can be told from inside")
public interface SelfMXBean {
    /** Its name. */
    String OBJECT_NAME = "io.waybill:type=Self";

    /** The container's id. */
    @Described("The container's id; empty if this JVM runs in none that can be named")
    String getContainerId();

    /** The container's name. */
    @Described("The container's name or short id; empty if there is none")
    String getContainerName();

    /** The runtime. */
    @Described("What started the container; empty if there is none")
    String getRuntime();

    /** The image. */
    @Described("The image that the container was made from; empty if not known")
    String getImage();

    /** The pod's name. */
    @Described("The pod's name; empty outside pods, and where no source names it")
    String getPodName();

    /** The pod's namespace. */
    @Described("The pod's Kubernetes namespace; empty outside pods, and where no source names it")
    String getPodNamespace();

    /** The pod UID. */
    @Described("The pod UID; empty outside pods")
    String getPodUid();

    /** The pid of this JVM. */
    @Described("The process id of this JVM in its own pid namespace")
    long getPid();

    /** The pid namespace. */
    @Described("Inode number of the pid namespace of this JVM")
    long getPidNamespace();

    /** The cgroup path. */
    @Described("The cgroup path of this JVM as its /proc prints it")
    String getCgroupPath();

    /** Where the id comes from. */
    @Described("The source of the id and the rule that matched, or the reason why there is none")
    String getProvenance();

    /** For OpenTelemetry. */
    @Described(
            "The container in the names of OpenTelemetry's semantic conventions for resources; empty if there is none")
    Map<String, String> getResourceAttributes();
}
