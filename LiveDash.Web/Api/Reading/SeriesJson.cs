using System.Text.Encodings.Web;
using System.Text.Json;
using LiveDash.Core.Model;

namespace LiveDash.Web.Api.Reading;

/// <summary>The members that name a point's series, as they are posted. Escapes &lt;, &gt; and &amp; too, so that no line is markup wherever it is put.</summary>
internal static class SeriesJson
{
    /// <summary><c>"series":"cpu.load"</c>.</summary>
    public static string Name(SeriesKey key) => "\"series\":" + Quote(key.Name);

    /// <summary><c>"tags":{"host":"a"}</c>, or nothing where there are no tags.</summary>
    public static string Tags(SeriesKey key) => key.Tags.Count == 0
        ? ""
        : "\"tags\":{" + string.Join(',', key.Tags.Select(static tag => Quote(tag.Key) + ":" + Quote(tag.Value))) + "}";

    /// <summary>An object with both.</summary>
    public static string Of(SeriesKey key) => key.Tags.Count == 0 ? "{" + Name(key) + "}" : "{" + Name(key) + "," + Tags(key) + "}";

    /// <summary>A text in quotes.</summary>
    public static string Quote(string text) => "\"" + JsonEncodedText.Encode(text, JavaScriptEncoder.Default) + "\"";
}
