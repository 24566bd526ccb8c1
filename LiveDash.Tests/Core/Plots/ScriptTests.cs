using System.Runtime.CompilerServices;
using System.Text;
using System.Xml.Linq;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Plots.Skia;

namespace LiveDash.Tests.Core.Plots;

/// <summary>Titles in the scripts of the world: an approved picture of each, fonts that have every letter, and small PDFs. Run with <c>LIVEDASH_UPDATE_GOLDENS=1</c> as <see cref="GoldenTests"/>.</summary>
public sealed class ScriptTests
{
    private static readonly long s_start = new DateTime(2026, 11, 2, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public static TheoryData<string, string> Titles => new()
    {
        { "latin", "Größe µ, Łódź, Việt Nam: 20 °C – 5 %" },
        { "greek-cyrillic", "Θερμοκρασία · Температура" },
        { "chinese", "北京传感器温度" },
        { "japanese", "東京センサーの温度" },
        { "korean", "서울 센서 온도" },
        { "arabic", "درجة الحرارة (مستشعر web-1) 25 °C" },
        { "hebrew", "טמפרטורה בחדר 5 (חיישן web-1)" },
        { "devanagari", "तापमान: दिल्ली" },
        { "thai", "อุณหภูมิที่กรุงเทพ" },
        { "emoji", "🌡️ Heat 🔥 👩‍🔬 ☀️" },
    };

    [Theory]
    [MemberData(nameof(Titles))]
    public void Render_TitleOfAScript_LooksAsApproved(string name, string title)
    {
        var drawn = Draw(title, PlotFormat.Png);
        var file = Path.Combine(Folder(), $"title-{name}.png");
        if (Environment.GetEnvironmentVariable("LIVEDASH_UPDATE_GOLDENS") == "1") File.WriteAllBytes(file, drawn);
        Assert.True(File.Exists(file), $"{file} is not there.");

        var (greatest, mean) = RgbPicture.Read(File.ReadAllBytes(file)).DifferenceTo(RgbPicture.Read(drawn));

        Assert.True(greatest <= 60 && mean <= 1, $"{title} looks different: by {greatest:0.0} in one block and {mean:0.00} on the whole.");
    }

    [Theory]
    [MemberData(nameof(Titles))]
    public void Shape_Title_HasAGlyphForEveryLetter(string name, string title)
    {
        foreach (var run in TextShaper.Shape(title, bold: true).Runs) Assert.DoesNotContain((ushort)0, run.Glyphs);
        Assert.NotEmpty(name);
    }

    [Fact]
    public void Shape_Arabic_LettersAreJoined()
    {
        // Three letters alone are wider than the word they make, and other glyphs.
        var word = TextShaper.Shape("\u0628\u0628\u0628", bold: false);
        var alone = TextShaper.Shape("\u0628", bold: false);

        var run = Assert.Single(word.Runs);
        Assert.Equal(3, run.Glyphs.Distinct().Count());
        Assert.DoesNotContain(alone.Runs[0].Glyphs[0], run.Glyphs);
    }

    [Fact]
    public void Shape_EmojiOfSeveral_IsOneGlyph() => Assert.Single(Assert.Single(TextShaper.Shape("👩‍🔬", bold: false).Runs).Glyphs);

    [Fact]
    public void Shape_LetterNobodyHas_IsTheMissingGlyph()
    {
        var run = Assert.Single(TextShaper.Shape("\U0001FBFF\U000107F0"[2..], bold: false).Runs);

        Assert.Equal(0, run.Glyphs[0]);
    }

    [Fact]
    public void Shape_HalfASurrogate_IsShownNotThrown() => Assert.NotEmpty(TextShaper.Shape("a\ud800b", bold: false).Runs);

    [Fact]
    public void Render_LatinPdf_IsSmall() => Assert.InRange(Draw("Größe µ, Łódź", PlotFormat.Pdf).Length, 1_000, 100_000);

    [Fact]
    public void Render_HebrewSvg_TextStaysTextAndReadsFromTheRight()
    {
        var svg = XElement.Parse(Encoding.UTF8.GetString(Draw("חיישן 5", PlotFormat.Svg)));

        Assert.Contains(svg.Descendants(), static e => e.Name.LocalName == "text" && e.Value == "\u2067חיישן 5\u2069");
    }

    private static byte[] Draw(string title, PlotFormat format)
    {
        var spec = new PlotSpec { Title = title, Width = 440, Height = 120, Format = format };
        var reducer = PlotReducer.Create(spec, [new(0, new SeriesKey("temperature", []), 0)], new(s_start, s_start + TimeSpan.TicksPerHour));
        var times = Enumerable.Range(0, 60).Select(i => s_start + (i * TimeSpan.TicksPerMinute)).ToArray();
        reducer.Add(new int[60], times, [.. Enumerable.Range(0, 60).Select(i => 20 + Math.Sin(i / 6.0))], [], []);
        return PlotRenderer.Render(spec, reducer);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden");
}
