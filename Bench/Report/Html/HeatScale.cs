namespace Bench.Report.Html;

/// <summary>Colors of values from 0 to 1: orange below one half, blue above, whatever values a picture holds.</summary>
/// <remarks>Brown-orange and blue of ColorBrewer's PuOr and Blues, told apart by every kind of color vision. Letters are black or white, whichever stands out more.</remarks>
internal static class HeatScale
{
    private static readonly (int Red, int Green, int Blue) s_low = (0xb3, 0x58, 0x06);
    private static readonly (int Red, int Green, int Blue) s_middle = (0xf7, 0xf7, 0xf7);
    private static readonly (int Red, int Green, int Blue) s_high = (0x08, 0x51, 0x9c);

    /// <summary>Returns the color of a value, such as "#f7f7f7" for .5.</summary>
    public static string ColorOf(double value)
    {
        var distance = Math.Min(1, Math.Abs(value - .5) * 2);
        var end = value < .5 ? s_low : s_high;
        return $"#{Mix(s_middle.Red, end.Red):x2}{Mix(s_middle.Green, end.Green):x2}{Mix(s_middle.Blue, end.Blue):x2}";

        int Mix(int from, int to) => (int)Math.Round(from + ((to - from) * distance));
    }

    /// <summary>Returns the color of letters on a color: "#000000" or "#ffffff".</summary>
    public static string InkOn(string color) => ContrastOf("#000000", color) >= ContrastOf("#ffffff", color) ? "#000000" : "#ffffff";

    /// <summary>Computes the contrast ratio of two colors, 1 to 21, as the Web Content Accessibility Guidelines define it.</summary>
    public static double ContrastOf(string one, string other)
    {
        var (first, second) = (LuminanceOf(one), LuminanceOf(other));
        return (Math.Max(first, second) + .05) / (Math.Min(first, second) + .05);
    }

    private static double LuminanceOf(string color) =>
        (.2126 * Linear(color[1..3])) + (.7152 * Linear(color[3..5])) + (.0722 * Linear(color[5..7]));

    private static double Linear(string channel)
    {
        var value = Convert.ToInt32(channel, 16) / 255.0;
        return value <= .04045 ? value / 12.92 : Math.Pow((value + .055) / 1.055, 2.4);
    }
}
