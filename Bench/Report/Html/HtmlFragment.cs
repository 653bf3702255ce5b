using System.Globalization;
using System.Net;
using Bench.Cohorts;

namespace Bench.Report.Html;

/// <summary>A piece of HTML that is safe to show: every text that went into it was encoded.</summary>
/// <param name="Markup">The HTML.</param>
internal sealed record HtmlFragment(string Markup)
{
    /// <summary>A piece of nothing.</summary>
    public static readonly HtmlFragment Empty = new(string.Empty);

    /// <summary>Builds a piece from an interpolated string: its own text is HTML, what stands in braces is encoded unless it is a fragment.</summary>
    public static HtmlFragment Of(FormattableString template) => new(template.ToString(EncodingFormat.Instance));

    /// <summary>Puts pieces after each other.</summary>
    public static HtmlFragment Join(IEnumerable<HtmlFragment> fragments) => new(string.Join('\n', fragments.Select(fragment => fragment.Markup)));

    private sealed class EncodingFormat : IFormatProvider, ICustomFormatter
    {
        public static readonly EncodingFormat Instance = new();

        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            null => string.Empty,
            HtmlFragment fragment => fragment.Markup,
            IFormattable value => WebUtility.HtmlEncode(value.ToString(format, CultureInfo.InvariantCulture)),
            _ => WebUtility.HtmlEncode(PrintableText.Of(arg.ToString() ?? string.Empty, int.MaxValue)),
        };
    }
}
