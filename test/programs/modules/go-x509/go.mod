module etcd-bundle/test/programs/go-x509

go 1.26
