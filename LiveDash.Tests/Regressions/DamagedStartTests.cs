using System.Globalization;
using System.Text;
using LiveDash.Core.Storage.Sqlite;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Regressions;

/// <summary>The built program on a database whose documents stand on a damaged page: it ended with an abort (exit code 134), and with it went rules and channels.</summary>
public sealed class DamagedStartTests
{
    private const string Mark = "a rule that has to survive";

    [Fact]
    public async Task Start_AnyPageOfADocumentDamaged_ServesTheDocumentAndEndsWithZero()
    {
        using var origin = new TempDirectory();
        await using (var app = await LiveApp.StartAsync(dataDirectory: origin.Path))
        {
            using var rule = new StringContent($$"""{"name":"{{Mark}}","expr":"last(moved, 1) > 50"}""");
            using var put = await app.Client.PutAsync(new Uri("/api/rules/survivor", UriKind.Relative), rule);
            Assert.True(put.IsSuccessStatusCode);
        }

        var bytes = await File.ReadAllBytesAsync(Path.Combine(origin.Path, "livedash.db"));
        var pages = Enumerable.Range(0, bytes.Length / PageFile.PageSize).Where(page => bytes.AsSpan(page * PageFile.PageSize, PageFile.PageSize).IndexOf(Encoding.UTF8.GetBytes(Mark)) >= 0).ToList();
        Assert.True(pages.Count >= 2, string.Create(CultureInfo.InvariantCulture, $"A document stands twice, and this one on {pages.Count} pages."));
        foreach (var page in pages)
        {
            using var copy = new TempDirectory();
            foreach (var file in Directory.GetFiles(origin.Path)) File.Copy(file, Path.Combine(copy.Path, Path.GetFileName(file)));
            var damaged = (byte[])bytes.Clone();
            new Random(page).NextBytes(damaged.AsSpan(page * PageFile.PageSize, PageFile.PageSize));
            await File.WriteAllBytesAsync(Path.Combine(copy.Path, "livedash.db"), damaged);

            await using var server = await ServerProcess.StartAsync(copy.Path);

            Assert.Contains(Mark, await server.Client.GetStringAsync(new Uri("/api/rules", UriKind.Relative)), StringComparison.Ordinal);
            Assert.Contains("\"page\"", await server.Client.GetStringAsync(new Uri("/api/damages", UriKind.Relative)), StringComparison.OrdinalIgnoreCase);
            Assert.Equal(0, await server.TerminateAsync());
        }
    }
}
