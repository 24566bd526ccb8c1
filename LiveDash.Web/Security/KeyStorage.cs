using LiveDash.Core.Configuration;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace LiveDash.Web.Security;

/// <summary>Keeps the keys of cookies and forms in the data directory, where its owner alone may read them.</summary>
internal sealed class KeyStorage(DataDirectory data, ILoggerFactory loggers) : IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions options) =>
        options.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(data.Subdirectory("keys")), loggers);
}
