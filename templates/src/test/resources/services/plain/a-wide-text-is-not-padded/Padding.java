package shop;

class Padding {
  String pad(String text, int width) {
    char[] blanks = new char[width - text.length()];
    java.util.Arrays.fill(blanks, ' ');
    return new String(blanks) + text;
  }
}
