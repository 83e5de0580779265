package dev.fettle.bench.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuTimeTest {
  @TempDir Path tasks;

  private void thread(int id, String name, String schedstat) throws IOException {
    Path thread = Files.createDirectories(tasks.resolve(Integer.toString(id)));
    Files.writeString(thread.resolve("comm"), name + "\n");
    Files.writeString(thread.resolve("schedstat"), schedstat + "\n");
  }

  @Test
  void sumsWhatEachThreadConsumedSinceAndNewThreadsInFull() throws IOException {
    thread(1, "java", "1000 7 3");
    CpuTime before = CpuTime.read(tasks);
    thread(1, "java", "1500 9 4");
    thread(2, "http-nio-1", "40 0 1");
    assertThat(CpuTime.read(tasks).since(before)).isEqualTo(new CpuTime.Spent(540, 0));
  }

  @Test
  void tellsTheCompilersApart() throws IOException {
    thread(1, "C2 CompilerThre", "0 0 0");
    thread(2, "main", "0 0 0");
    CpuTime before = CpuTime.read(tasks);
    thread(1, "C2 CompilerThre", "300 0 0");
    thread(2, "main", "100 0 0");
    CpuTime.Spent spent = CpuTime.read(tasks).since(before);
    assertThat(spent).isEqualTo(new CpuTime.Spent(400, 300));
    assertThat(spent.compilerShare()).isEqualTo(0.75);
  }

  @Test
  void seesTheWorkOfARunningProcess() {
    CpuTime before = CpuTime.of(ProcessHandle.current().pid());
    long sum = 0;
    for (int i = 0; i < 50_000_000; i++) {
      sum += sum ^ i;
    }
    assertThat(sum).isNotEqualTo(1);
    assertThat(CpuTime.of(ProcessHandle.current().pid()).since(before).nanos()).isPositive();
  }

  @Test
  void aSystemWithoutSuchClocksIsNamed() {
    assertThatThrownBy(() -> CpuTime.read(tasks))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("needs Linux with schedstat");
  }
}
