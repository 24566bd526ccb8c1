using LiveDash.Tests.Shared;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Senders;

/// <summary>The lines that the page Send data shows are pasted as they stand: each must be taken. The one for an exporter was refused, since an interval of 5 s had a timeout of 10 s beside it.</summary>
public sealed class PastedLinesTests
{
    [ToolFact("curl")]
    public async Task Curl_EveryLineOfThePage_IsTaken()
    {
        await using var app = await LiveApp.StartAsync(settings: "--LiveDash:Follow:Folders:0=/var/log");
        var address = app.Address.ToString().TrimEnd('/');
        var lines = SenderGuides.For(address, static _ => null).SelectMany(static guide => guide.Steps).Select(static step => step.Lines).Where(static lines => lines.StartsWith("curl ", StringComparison.Ordinal)).ToList();
        Assert.True(lines.Count >= 12, $"{lines.Count} steps begin with curl.");

        foreach (var pasted in lines) await Tool.RunAsync("bash", "-c", pasted.Replace("curl ", "curl --silent --show-error --fail-with-body --max-time 60 ", StringComparison.Ordinal));
    }
}
