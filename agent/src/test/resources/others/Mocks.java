// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.Locale;
import org.mockito.MockedStatic;

/** What Mockito does by its inline agent only: a final class, a static method, a class of the JDK. */
public final class Mocks {
    static final class Door {
        String open(int times) {
            return "opened " + times;
        }
    }

    static String greeting() {
        return "hello";
    }

    public static String run() {
        Door door = mock(Door.class);
        when(door.open(2)).thenReturn("locked");
        StringBuilder seen = new StringBuilder("mocked ").append(door.open(2));
        verify(door).open(2);
        try (MockedStatic<Mocks> mocked = mockStatic(Mocks.class)) {
            mocked.when(Mocks::greeting).thenReturn("bye");
            seen.append(' ').append(greeting());
        }
        Process process = mock(Process.class);
        when(process.pid()).thenReturn(42L);
        ProcessBuilder builder = mock(ProcessBuilder.class);
        when(builder.toString()).thenReturn("builder");
        return seen.append(' ').append(greeting()).append(' ').append(process.pid()).append(' ').append(builder)
                .append(' ').append("OK".toLowerCase(Locale.ROOT)).toString();
    }
}
