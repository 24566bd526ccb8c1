using System.Globalization;
using System.Text;

namespace LiveDash.Web.Api.Prometheus;

/// <summary>
/// Names that Prometheus' clients escape for addresses, after its proposal "UTF-8 support": <c>U__cpu_2e_load</c> is <c>cpu.load</c>; two underscores are one, and a number in
/// hexadecimal between two is a character. Stateless.
/// </summary>
internal static class EscapedName
{
    private const string Prefix = "U__";

    /// <summary>The name as it is; of what only looks escaped, the text itself.</summary>
    public static string Read(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) return text;
        var name = new StringBuilder();
        for (var i = Prefix.Length; i < text.Length; i++)
        {
            if (text[i] != '_')
            {
                name.Append(text[i]);
                continue;
            }

            if (i + 1 < text.Length && text[i + 1] == '_')
            {
                name.Append('_');
                i++;
                continue;
            }

            var end = text.IndexOf('_', i + 1);
            if (end < 0 || end - i > 7 || !int.TryParse(text.AsSpan(i + 1, end - i - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code)) return text;
            name.Append(new Rune(code));
            i = end;
        }

        return name.ToString();
    }
}
