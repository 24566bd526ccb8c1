using System.Text;
using System.Text.RegularExpressions;

namespace LiveDash.Core.Query.Functions;

/// <summary>Replacements with groups, <c>$1</c>, <c>$name</c>, <c>${name}</c>, <c>$$</c>, as Go's regexp.Expand has them: a name is as long as it can be, and an unknown one is empty. Stateless.</summary>
internal static class LabelTemplate
{
    /// <summary>Fills a template with the groups of a match.</summary>
    public static string Expand(string template, Match match)
    {
        if (!template.Contains('$', StringComparison.Ordinal)) return template;
        var text = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '$' || i + 1 == template.Length)
            {
                text.Append(template[i]);
                continue;
            }

            if (template[i + 1] == '$')
            {
                text.Append('$');
                i++;
                continue;
            }

            var braced = template[i + 1] == '{';
            var start = i + (braced ? 2 : 1);
            var end = start;
            while (end < template.Length && (char.IsLetterOrDigit(template[end]) || template[end] == '_')) end++;
            if (end == start || (braced && (end == template.Length || template[end] != '}')))
            {
                text.Append('$');
                continue;
            }

            text.Append(match.Groups[template[start..end]].Value);
            i = braced ? end : end - 1;
        }

        return text.ToString();
    }
}
