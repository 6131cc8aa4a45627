// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes a {@link BoltFile} of one text, for a recording of one container. */
final class BoltExcerpt {
    private static final int PAGE = 4096;
    private static final int ROOT = 3;

    private BoltExcerpt() {}

    /**
     * The file.
     *
     * @param path the buckets, each in the one before, and the key; all of it must fit on one page
     */
    static byte[] of(List<String> path, String text) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        for (int i = path.size() - 1; i >= 0; i--) {
            boolean last = i == path.size() - 1;
            value = leaf(i == 0 ? ROOT : 0, path.get(i), last, value);
        }
        ByteBuffer file = ByteBuffer.allocate((ROOT + 1) * PAGE).order(ByteOrder.LITTLE_ENDIAN);
        for (int change = 0; change < 2; change++) {
            file.position(change * PAGE + BoltFile.HEAD);
            file.put(new BoltMeta(PAGE, ROOT, ROOT + 1, change).bytes());
        }
        return file.put(ROOT * PAGE, value).array();
    }

    /** A page with one element; what is in a bucket has no page of its own, so its value begins with two numbers. */
    private static byte[] leaf(long number, String key, boolean last, byte[] value) {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        int size = (last ? 0 : BoltFile.HEAD) + value.length;
        ByteBuffer page = ByteBuffer.allocate(BoltFile.HEAD + BoltFile.ELEMENT + name.length + size)
                .order(ByteOrder.LITTLE_ENDIAN);
        page.putLong(number).putShort((short) BoltFile.LEAF).putShort((short) 1).putInt(0);
        page.putInt(last ? 0 : BoltFile.BUCKET)
                .putInt(BoltFile.ELEMENT)
                .putInt(name.length)
                .putInt(size);
        page.put(name);
        return page.position(page.capacity() - value.length).put(value).array();
    }
}
