using System.Net;
using System.Text;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Api;

/// <summary>Rules out of one app and into another.</summary>
public sealed class RuleFilesApiTests
{
    [Fact]
    public async Task ExportedRules_ImportedElsewhere_AreTheSameAndImportingTwiceAddsNone()
    {
        await using var app = await LiveApp.StartAsync();
        using var sent = await ImportAsync(app, "rules:\n- name: hot one\n  expr: mean(cpu.load, 30s) > 80 for 10s\n  severity: critical\n- name: bad\n  expr: nonsense\n");
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        var answer = JsonDocument.Parse(await sent.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("hot-one", Assert.Single(answer.GetProperty("imported").EnumerateArray()).GetString());
        Assert.Equal(6, Assert.Single(answer.GetProperty("faults").EnumerateArray()).GetProperty("line").GetInt32());

        var yaml = await app.Client.GetStringAsync(new Uri("/api/rules/export", UriKind.Relative));
        var json = await app.Client.GetStringAsync(new Uri("/api/rules/export?format=json", UriKind.Relative));
        await using var other = await LiveApp.StartAsync();
        foreach (var file in new[] { yaml, json })
        {
            using var again = await ImportAsync(other, file);
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
            Assert.Equal(yaml, await other.Client.GetStringAsync(new Uri("/api/rules/export", UriKind.Relative)));
        }
    }

    [Fact]
    public async Task Import_NothingReadable_AnswersWithTheLine()
    {
        await using var app = await LiveApp.StartAsync();
        using var sent = await ImportAsync(app, "rules:\n- name: bad\n  expr: nonsense\n");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
        Assert.Contains("Line 3", await sent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var odd = await app.Client.GetAsync(new Uri("/api/rules/export?format=xml", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, odd.StatusCode);
    }

    [Fact]
    public async Task Rule_OfAWatchedFile_PutAndDeleteAre409AndNameTheFile()
    {
        using var folder = new TempDirectory();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "ops.yaml"), "rules:\n- {name: filed, expr: 'last(x, 1) > 1'}\n");
        await using var app = await LiveApp.StartAsync(settings: $"--LiveDash:Rules:Folder={folder.Path}");
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/rules")).Contains("filed", StringComparison.Ordinal), "the file is read");
        using var body = new StringContent("""{"name":"filed","expr":"last(x, 1) > 2"}""", Encoding.UTF8, "application/json");
        using var put = await app.Client.PutAsync(new Uri("/api/rules/filed", UriKind.Relative), body);
        Assert.Equal("ops.yaml", (await ProblemAssert.IsAsync(put, HttpStatusCode.Conflict, "rule_in_file")).GetProperty("file").GetString());
        using var deleted = await app.Client.DeleteAsync(new Uri("/api/rules/filed", UriKind.Relative));
        await ProblemAssert.IsAsync(deleted, HttpStatusCode.Conflict, "rule_in_file");
        using var imported = await ImportAsync(app, "rules:\n- {name: filed, expr: 'last(x, 1) > 3'}\n");
        Assert.Contains("ops.yaml", await imported.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("> 1", await app.GetAsync("/api/rules/filed"), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> ImportAsync(LiveApp app, string text)
    {
        using var content = new StringContent(text, Encoding.UTF8, "application/yaml");
        return await app.Client.PostAsync(new Uri("/api/rules/import", UriKind.Relative), content);
    }
}
