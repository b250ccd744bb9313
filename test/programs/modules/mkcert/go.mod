module etcd-bundle/test/programs/mkcert

go 1.26

tool filippo.io/mkcert

require (
	filippo.io/mkcert v1.4.4 // indirect
	golang.org/x/crypto v0.0.0-20220331220935-ae2d96664a29 // indirect
	golang.org/x/net v0.0.0-20220421235706-1d1ef9303861 // indirect
	golang.org/x/text v0.3.7 // indirect
	howett.net/plist v1.0.0 // indirect
	software.sslmate.com/src/go-pkcs12 v0.2.0 // indirect
)
