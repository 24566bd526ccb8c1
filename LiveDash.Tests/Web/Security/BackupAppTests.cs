using System.Net;
using System.Text.Json;
using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Audit;
using LiveDash.Core.Notifications;
using LiveDash.Tests.Shared;
using LiveDash.Web;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Security;

/// <summary>Backups of the true app: by the command beside it, by the API, and what comes back.</summary>
public sealed class BackupAppTests
{
    [Fact]
    public async Task Backup_BySettings_IsMadeListedAuditedAndBringsEverythingBack()
    {
        using var folder = new TempDirectory();
        using var data = new TempDirectory();
        string file;
        await using (var accounts = await AccountsApp.StartAsync(null, data.Path, "--LiveDash:Backup:Folder=" + folder.Path))
        {
            using var owner = await accounts.SignedInAsync("ada", AccountRole.Administrator);
            using var editor = await accounts.SignedInAsync("eve", AccountRole.Editor);
            await accounts.App.Services.GetRequiredService<ChannelBook>().SaveAsync([new ChannelConfig { Name = "ops", Kind = "webhook", Url = "http://127.0.0.1:1/", Secret = "a secret of sixteen" }], default);

            using var made = await owner.Client.PostAsync(new Uri("/api/backups", UriKind.Relative), null);

            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
            file = JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("report").GetProperty("file").GetString()!;
            Assert.Contains(Path.GetFileName(file), await owner.Client.GetStringAsync(new Uri("/api/backups", UriKind.Relative)), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Forbidden, await editor.StatusAsync("/api/backups"));
            using var page = await owner.PageAsync("/backups");
            Assert.Contains(Path.GetFileName(file), await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await Wait.UntilAsync(() => accounts.App.Services.GetRequiredService<AuditLog>().Find(new AuditFilter(Action: "backup.made"), 1) is [{ Who: "ada" }], "the backup is in the audit");
        }

        // On another machine, which got the key file too.
        using var other = new TempDirectory();
        Assert.Equal(0, await LiveDashApp.RunAsync(["verify", file]));
        Assert.Equal(0, await LiveDashApp.RunAsync(["restore", file, "--LiveDash:DataDirectory=" + other.Path]));
        File.Copy(Path.Combine(data.Path, "livedash.key"), Path.Combine(other.Path, "livedash.key"));
        await using var restored = await AccountsApp.StartAsync(dataDirectory: other.Path);
        Assert.Equal("a secret of sixteen", restored.App.Services.GetRequiredService<ChannelBook>().Find("ops")!.Secret);
        using var again = await restored.SignedInAsync("ada");
        Assert.Equal(HttpStatusCode.OK, await again.StatusAsync("/api/backups"));
    }

    [Fact]
    public async Task BackupCommand_BesideTheRunningApp_CopiesAndTheCommandsSayWhatIsWrong()
    {
        using var folder = new TempDirectory();
        await using var app = await LiveApp.StartAsync();
        await app.PostAsync("""{"series":"a","value":1}""", """{"series":"b","value":2}""");
        var (file, setting) = (Path.Combine(folder.Path, "now.db"), "--LiveDash:DataDirectory=" + app.DataDirectory);

        Assert.Equal(0, await LiveDashApp.RunAsync(["backup", file, setting]));

        Assert.Equal(0, await LiveDashApp.RunAsync(["verify", file]));
        Assert.Equal(2, await LiveDashApp.RunAsync(["backup", file, setting]));
        Assert.Equal(2, await LiveDashApp.RunAsync(["restore", file, setting]));
        Assert.Equal(2, await LiveDashApp.RunAsync(["restore"]));
        Assert.Equal(1, await LiveDashApp.RunAsync(["verify", file + ".none"]));
        Assert.Equal(2, await LiveDashApp.RunAsync(["backup", Path.Combine(folder.Path, "x.db"), setting, "--LiveDash:Storage:MongoDB=mongodb://127.0.0.1:1/x"]));
        using var none = await app.Client.PostAsync(new Uri("/api/backups", UriKind.Relative), null);
        await ProblemAssert.IsAsync(none, HttpStatusCode.Conflict, "no_folder");
        await app.PostAsync("""{"series":"a","value":3}""");
    }
}
