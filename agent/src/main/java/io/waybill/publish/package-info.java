// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** Where answers go: the recording and JMX. */
@NullMarked
package io.waybill.publish;

import org.jspecify.annotations.NullMarked;
