package dev.fettle.vet;

import java.util.List;

/** Snippets that must run; the values are those of {@link HostileShapes}. */
final class HarmlessShapes {
  private HarmlessShapes() {}

  static final List<Shape> ALL =
      List.of(
          done("nothing", "", "unchanged"),
          done("default number", "v[7] = 0;", "[7]=0"),
          done(
              "clamped index",
              "int i = 9; int[] a = (int[]) v[6];"
                  + " v[7] = a[Math.max(0, Math.min(i, a.length - 1))];",
              "[7]=3"),
          done(
              "parsed prefix",
              "String s = (String) v[5]; int n = 0; for (int i = 0; i < s.length()"
                  + " && Character.isDigit(s.charAt(i)); i++) n = n * 10 + (s.charAt(i) - '0');"
                  + " v[7] = n;",
              "[7]=12"),
          done("concatenation", "v[5] = \"<\" + v[5] + '|' + 1 + \">\";", "[5]=<12 eggs|1>"),
          done(
              "switch on a text",
              "switch ((String) v[5]) { case \"12 eggs\": v[7] = 1; break;"
                  + " default: v[7] = 2; }",
              "[7]=1"),
          done(
              "new switch on a text",
              "v[7] = switch ((String) v[5]) { case \"12 eggs\" -> 1;" + " default -> 2; };",
              "[7]=1"),
          done("list copy changed", "((List<Object>) v[0]).add(4);", "[0]=[1, 2, 3, 4]"),
          done(
              "for each",
              "int sum = 0; for (Object o : (List<?>) v[0]) sum += (Integer) o;" + " v[7] = sum;",
              "[7]=6"),
          done(
              "map loop",
              "int n = 0; for (Map.Entry<Object, Object> e : ((Map<Object, Object>)"
                  + " v[4]).entrySet()) n += (Integer) e.getValue(); v[7] = n;",
              "[7]=1"),
          done(
              "builder copy",
              "((StringBuilder) v[2]).append('!'); v[5] =" + " ((StringBuilder) v[2]).toString();",
              "[2]=live! [5]=live!"),
          done(
              "caught parse",
              "try { v[7] = Integer.parseInt((String) v[5]); } catch"
                  + " (NumberFormatException e) { v[7] = -1; }",
              "[7]=-1"),
          done("finally", "try { v[7] = 1; } finally { v[5] = \"f\"; }", "[5]=f [7]=1"),
          done("opaque object moved", "v[7] = v[3];", "[7]=an application's object"),
          done("opaque objects compared", "v[7] = v[3].equals(v[3]);", "[7]=true"),
          done("opaque text", "v[5] = String.valueOf(v[3]);", "[5]=(opaque)"),
          done("null check", "v[7] = v[3] == null ? 1 : 2;", "[7]=2"),
          done(
              "conditional object",
              "v[5] = new String(v[7] == null ? new char[] {'a'} : new" + " char[] {'b'});",
              "[5]=b"),
          done(
              "long and double",
              "long l = 5; double d = l / 2.0; for (long k = 0; k < 3; k++)" + " d += k; v[7] = d;",
              "[7]=5.5"),
          done(
              "array grown",
              "int[] a = (int[]) v[6]; a = Arrays.copyOf(a, 5); a[4] = 9; v[6] = a;",
              "[6]=[1, 2, 3, 0, 9]"),
          done("split", "v[5] = ((String) v[5]).split(\" \")[1];", "[5]=eggs"),
          done(
              "new map",
              "Map<String, Integer> m = new LinkedHashMap<>(); m.put(\"a\", 1);"
                  + " m.put(\"b\", m.getOrDefault(\"c\", 7)); v[7] = m;",
              "[7]={a=1, b=7}"),
          done(
              "big numbers",
              "v[7] = new BigDecimal(\"1.10\").add(BigDecimal.valueOf(2L));",
              "[7]=3.10"),
          done(
              "sorted",
              "List<Object> l = new ArrayList<>((List<Object>) v[0]);"
                  + " Collections.reverse(l); Collections.sort((List) l); v[7] = l.get(0);",
              "[7]=1"),
          done(
              "subscript in nested loops",
              "int n = 0; for (int i = 0; i < 50; i++) for (int j = 0;"
                  + " j < 50; j++) { if (j == i) continue; n++; } v[7] = n;",
              "[7]=2450"),
          done(
              "thrown and caught",
              "try { throw new IllegalStateException(\"x\"); } catch"
                  + " (IllegalStateException e) { v[7] = 5; }",
              "[7]=5"),
          done(
              "queue",
              "Deque<Object> q = new ArrayDeque<>(); q.push(1); q.addLast(2);"
                  + " v[7] = q.pollLast();",
              "[7]=2"),
          done(
              "immutable containers",
              "int n = 0; for (Map.Entry<Object, Object> e : ((Map<Object, Object>)"
                  + " v[9]).entrySet()) n += (Integer) e.getValue(); for (Object k : ((Map<?, ?>)"
                  + " v[9]).keySet()) n++; for (Object o : ((Map<?, ?>) v[9]).values()) n++; for"
                  + " (Object o : (List<?>) v[10]) n += (Integer) o; v[7] = n;",
              "[7]=9"),
          done(
              "immutable list replaced",
              "List<Object> l = new ArrayList<>((List<Object>) v[10]); l.add(6); v[10] = l;",
              "[10]=[5, 6]"));

  private static Shape done(String name, String code, String values) {
    return new Shape(name, code, "done: " + values);
  }
}
